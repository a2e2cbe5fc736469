import { respell, retype } from '../../../../src/stub/operators.js';
import { faultsOf, instead, row } from '../rows.js';

export const idsFaults = faultsOf({
  'RE-LIST-1': {
    'list-ids-numbers': row('List gives ids as numbers, which lose their last digits.').by(
      retype('/data/*/id', 'number'),
    ),
  },
  'RE-SEND-1': {
    'send-id-number': row('Send answers the id as a number, which loses its last digits.').by(
      retype('/data/id', 'number'),
    ),
    'send-id-rounded': row('The id that Send answers went through a floating-point number.').by(
      respell('/data/id', (id) => String(Number(id))),
    ),
  },
  'RE-LIST-7': {
    'ids-without-sequence': row('Messages of one second get the same id.').by(
      instead('newId', (usual, arrivedAt) => usual(Math.floor(arrivedAt / 1000) * 1000, 0)),
    ),
    'ids-rounded': row('Ids went through a floating-point number before they were stored.').by(
      instead('newId', (usual) => String(Number(usual()))),
    ),
    'list-entry-twice': row('Who sends a message sees it twice on a full page.').by(
      instead('page', (usual, { caller }, _ordered, _maxCreateAt, limit) => {
        const page = usual();
        const own = page.findIndex(({ from }) => from === caller?.relationId);
        if (page.length < limit || own < 0 || limit < 2) return page;
        return page.flatMap((message, i) => (i === own ? [message, message] : [message])).slice(0, limit);
      }),
    ),
    'list-other-channels': row('List mixes in messages of the other channels of the caller.').by(
      instead('messagesOf', (usual, call, _channel, user) => {
        const open = [...call.state.channels.values()].filter(({ members }) => members.has(user.relationId));
        return open.flatMap((channel) => usual(call, channel, user));
      }),
    ),
  },
  'RE-LIST-13': {
    'sys-from-somebody': row('System messages come from the channel itself.').by(
      instead('systemId', (_usual, channelUuid) => channelUuid),
    ),
  },
});
