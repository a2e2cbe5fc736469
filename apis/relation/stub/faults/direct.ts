import type { Call } from '../call.js';
import { type Message, Refusal } from '../model.js';
import { faultsOf, instead, isDirect, type RelationBehave, row, skip, together } from '../rows.js';

/** Faults of messages to one receiver. */
export const directFaults = faultsOf({
  'RE-LIST-14': {
    'direct-list-one-way': row('List by toRelationId gives only what the caller sent.').by(
      shown(({ from }, relationId) => from === relationId),
    ),
    'direct-list-received-only': row('List by toRelationId gives only what the caller received.').by(
      shown(({ from }, relationId) => from !== relationId),
    ),
    'direct-list-empty': row('List by toRelationId gives no message.').by(shown(() => false)),
    'direct-list-denied': row('List by toRelationId is refused with the code 10120.').by(
      instead('authoriseReading', (usual, call) => {
        if (isDirectList(call)) throw new Refusal('denied', 'permission denied');
        usual();
      }),
    ),
    'direct-list-of-anybody': row('List by toRelationId gives the newest conversation of that user with anybody.').by(
      together(
        instead('directChannel', (usual, call, _user, relationId) => {
          const own = [...call.state.channels.values()].filter(({ members }) => members.size === 2);
          const newest = own.filter(({ members }) => members.has(relationId)).at(-1);
          return (call.action === 'list' ? newest : undefined) ?? usual();
        }),
        skip('authoriseReading', isDirectList),
      ),
    ),
    'direct-list-from-start': row('List by toRelationId ignores maxCreateAt.').by(
      instead('isWithin', (usual, call) => isDirectList(call) || usual()),
    ),
    'direct-new-channel': row('Each Send by toRelationId opens another conversation; List gives the first.').by(
      instead('directChannel', (usual, call) => {
        const channel = usual();
        if (call.action !== 'send' || channel.messages.length === 0) return channel;
        const opened = { ...channel, uuid: `${channel.uuid.slice(0, 24)}${call.total.toString(16).padStart(8, '0')}` };
        opened.messages = [];
        opened.readTo = new Map();
        call.state.channels.set(opened.uuid, opened);
        return opened;
      }),
    ),
    'direct-list-other-content': row('List by toRelationId gives the content of a direct message in upper case.').by(
      instead('showMessage', (usual, call, message) => {
        const entry = usual();
        return isDirectList(call) ? { ...entry, content: message.content.toUpperCase() } : entry;
      }),
    ),
  },
  'RE-SEND-5': {
    'direct-send-needs-channel': row('Send by toRelationId alone is refused with the code 10112.').by(
      instead('directChannel', (usual, { action }) => {
        if (action === 'send') throw new Refusal('input', 'channelUuid is null');
        return usual();
      }),
    ),
    'direct-send-no-member': row('Send by toRelationId alone is refused with the code 13108.').by(
      instead('authoriseSending', (usual, call) => {
        if (isDirect(call)) throw new Refusal('no-member', 'not a member of the channel');
        usual();
      }),
    ),
    'direct-receiver-left-out': row('Send by toRelationId opens a conversation without its receiver.').by(
      instead('directChannel', (usual, { action }, { relationId }) => {
        const channel = usual();
        if (action === 'send') channel.members = new Set([relationId]);
        return channel;
      }),
    ),
    'direct-send-not-stored': row('A direct message is answered with an id and not stored.').by(
      instead('store', (usual, call, channel, sender, draft) => {
        if (!isDirect(call)) return usual();
        return usual(call, { ...channel, messages: [] }, sender, draft);
      }),
    ),
    'direct-send-no-channel': row('Send by toRelationId answers no channelUuid.').by(
      instead('showSent', (usual, call) => {
        const { channelUuid, ...sent } = usual();
        return isDirect(call) ? sent : { ...sent, channelUuid };
      }),
    ),
  },
});

function isDirectList(call: Call): boolean {
  return call.action === 'list' && isDirect(call);
}

/** List by `toRelationId` gives these messages alone. */
function shown(belongs: (message: Message, relationId: string) => boolean): RelationBehave {
  return instead('messagesOf', (usual, call, _channel, { relationId }) =>
    isDirectList(call) ? usual().filter((message) => belongs(message, relationId)) : usual(),
  );
}
