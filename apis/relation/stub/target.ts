import { relationPeople } from './accounts.js';
import type { User } from './model.js';

/** The `relation` section of the target file for a stub of this seed at `url` (the host's root). */
export function relationTarget(seed: number, url: string) {
  const { apiKey, channelUuid, member, peer, outsider, former } = relationPeople(seed);
  const account = ({ relationId, token }: User) => ({ relationId, token });
  return {
    url: url.replace(/\/+$/, ''),
    apiKey,
    channelUuid,
    member: { ...account(member), addressAuthToken: member.addressAuthToken },
    peer: account(peer),
    outsider: account(outsider),
    former: account(former),
    chatsHide: true,
  };
}
