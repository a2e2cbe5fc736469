import type { Json } from '../model.js';
import { onEntries, onSuccess, type RelationFault } from '../mutation.js';

export const idsFaults: readonly RelationFault[] = [
  {
    id: 'relation-list-ids-numbers',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'List gives ids as numbers, which lose their last digits.',
    answer: onEntries((entry) => ({ ...entry, id: Number(entry.id) })),
  },
  {
    id: 'relation-send-id-number',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'Send answers the id as a number, which loses its last digits.',
    answer: onSuccess((body) => ({ ...body, data: { ...(body.data as Json), id: Number((body.data as Json).id) } })),
  },
  {
    id: 'relation-send-id-rounded',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'The id that Send answers went through a floating-point number.',
    behave: (base) => ({
      showSent: (call, message) => ({ ...base.showSent(call, message), id: String(Number(message.id)) }),
    }),
  },
  {
    id: 'relation-ids-without-sequence',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-7',
    sentence: 'Messages of one second get the same id.',
    behave: (base) => ({ newId: (arrivedAt) => base.newId(Math.floor(arrivedAt / 1000) * 1000, 0) }),
  },
  {
    id: 'relation-ids-rounded',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-7',
    sentence: 'Ids went through a floating-point number before they were stored.',
    behave: (base) => ({ newId: (arrivedAt, arrival) => String(Number(base.newId(arrivedAt, arrival))) }),
  },
  {
    id: 'relation-list-entry-twice',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-7',
    sentence: 'Who sends a message sees it twice on a full page.',
    behave: (base) => ({
      page(call, ordered, maxCreateAt, limit) {
        const page = base.page(call, ordered, maxCreateAt, limit);
        const own = page.findIndex(({ from }) => from === call.caller?.relationId);
        if (page.length < limit || own < 0 || limit < 2) return page;
        return page.flatMap((message, i) => (i === own ? [message, message] : [message])).slice(0, limit);
      },
    }),
  },
  {
    id: 'relation-list-other-channels',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-7',
    sentence: 'List mixes in messages of the other channels of the caller.',
    behave: (base) => ({
      messagesOf: (call, _channel, user) =>
        [...call.state.channels.values()]
          .filter(({ members }) => members.has(user.relationId))
          .flatMap((channel) => base.messagesOf(call, channel, user)),
    }),
  },
  {
    id: 'relation-sys-from-somebody',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-13',
    sentence: 'System messages come from the channel itself.',
    behave: () => ({ systemId: (channelUuid) => channelUuid }),
  },
];
