import type { UserBehaviour } from '../call.js';
import { Refusal } from '../model.js';

/** How long a token that Auth gives is good, seconds: seven days. */
const LIFE = 604_800;

export const users: UserBehaviour = {
  addressOwner(call, authorization) {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    const user = [...call.state.users.values()].find(({ addressAuthToken }) => addressAuthToken === token);
    if (token === undefined || user === undefined) throw new Refusal('token', 'token error');
    return user;
  },

  newToken(call, { relationId }) {
    const iat = Math.floor(call.behaviour.now(call) / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part({ sub: relationId, iat, exp: iat + LIFE });
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${claims}.${part({ of: call.state.next(), by: call.state.seed })}`;
    call.state.issued.set(token, relationId);
    return token;
  },

  userAsked(call, user) {
    const { address = '' } = call.members;
    if (address === '') return user;
    const other = [...call.state.users.values()].find(({ relationId }) => relationId === address);
    if (other === undefined) throw new Refusal('no-user', 'user not found');
    return other;
  },

  showUser(call, { relationId, name, avatar }) {
    const fields = String(call.members.fields ?? '').split(',');
    const { follows } = call.state;
    const followers = [...follows.values()].filter((those) => those.has(relationId));
    const followCount = { followingCount: follows.get(relationId)?.size ?? 0, followerCount: followers.length };
    return {
      relationId,
      name: name ?? '',
      avatar: avatar ?? '',
      ...(fields.includes('CREATE_AT') && { createdAt: '2022-08-18 16:54:15' }),
      ...(fields.includes('FOLLOW_COUNT') && { followCount }),
      ...(fields.includes('ADDRESS_WITH_CHAIN') && {
        addressWithChain: [{ address: `0x${relationId.slice(0, 40)}`, chainName: 'eth' }],
      }),
    };
  },

  setFollow({ state }, { relationId }, other, isOn) {
    const those = state.follows.get(relationId) ?? new Set();
    state.follows.set(relationId, those);
    if (isOn) those.add(other.relationId);
    else those.delete(other.relationId);
  },
};
