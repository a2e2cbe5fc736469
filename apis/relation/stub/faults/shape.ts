import { contentType } from '../../../../src/stub/answer.js';
import { onAnswer, onRefusal } from '../../../../src/stub/mutation.js';
import { change, drop, rename, respell, retype, set, where } from '../../../../src/stub/operators.js';
import type { Json } from '../model.js';
import { faultsOf, instead, on, row } from '../rows.js';

export const shapeFaults = faultsOf({
  'RE-COM-1': {
    'desc-missing': on.unreadcount('Unread count answers without desc.').by(drop('/desc')),
    'code-number': row('Every code is a number.').by(onAnswer(retype('/code', 'number'))),
    'refusal-code-number': row('The code of a refusal is a number.').by(onRefusal(retype('/code', 'number'))),
    'data-renamed': on
      .unreadcount('Unread count answers its counts in result instead of data.')
      .by(rename('/data', 'result')),
    'list-empty-null': on
      .list('List answers data null where there is no message.')
      .by(where('/data', isEmpty, set('', null))),
  },
  'RE-COM-1-SHOULD': {
    'list-as-text': on
      .list('List answers JSON under the content type text/plain.')
      .by(onAnswer(contentType('text/plain;charset=UTF-8'))),
  },
  'RE-COM-7': {
    'desc-ok': on.unreadcount('The desc of Unread count is "ok".').by(set('/desc', 'ok')),
    'desc-of-success': row('Refusals carry the desc of a success.').by(
      instead('textOf', (usual, call) => usual(call, '0', 'success')),
    ),
    'desc-detailed': row('The desc of a wrong parameter names the parameter behind the documented text.').by(
      instead('textOf', (usual, _call, code, words) => (code === '10112' ? `parameter error: ${words}` : usual())),
    ),
    'desc-capital': on
      .list('The desc of List begins with a capital letter.')
      .by(onAnswer(respell('/desc', (text) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase())))),
  },
  'RE-COM-2': {
    'code-200': row('Every success has the code "200".').by(set('/code', '200')),
    'hide-code-zeros': on.hide('Hide answers the code "00000".').by(set('/code', '00000')),
    'unread-code-one': on.unreadcount('Unread count has the code "1" for a success.').by(set('/code', '1')),
    'list-empty-code': on
      .list('A List that holds nothing is answered with a code of its own and an empty array.')
      .by(change('', (body: Json) => (isEmpty(body.data) ? { ...body, code: '10404', desc: 'no messages' } : body))),
    'hide-code-204': on.hide('Hide is answered with the code "204", for it has no data.').by(set('/code', '204')),
  },
  'RE-LIST-1': {
    'list-nulls-left-out': row('List leaves out the members of an entry that are null.').by(
      where('/data/*/*', (value) => value === null, drop('')),
    ),
    'list-quote-id': row('The quote of an entry is the id of the quoted message instead of a MessageInfo.').by(
      where(
        '/data/*/quote',
        isThere,
        change('', ({ id }: Json) => id),
      ),
    ),
    'list-quote-slim': row('The quote of an entry has id, from and content alone.').by(
      where(
        '/data/*/quote',
        isThere,
        change('', ({ id, from, content }: Json) => ({ id, from, content })),
      ),
    ),
    'list-card-parsed': row('The content of a message that is no TEXT is given as an object.').by(
      where(
        '/data/*',
        ({ type }: Json) => type !== 'TEXT',
        change('/content', (text) => ({ text })),
      ),
    ),
  },
  'RE-READ-1': {
    'read-true': row('Read answers true.').by(change('/data', (data) => data === 1)),
    'read-text': row('Read answers its number as a string.').by(retype('/data', 'string')),
  },
  'RE-UNREAD-1': {
    'unread-text': row('Unread count answers unreadCount as a string.').by(retype('/data/unreadCount', 'string')),
    'unread-mentions-missing': row('Unread count leaves mentionsCount out while nobody is mentioned.').by(
      where('/data/mentionsCount', (count) => count === 0, drop('')),
    ),
    'unread-negative': row('Each Read takes its total from unreadCount, below zero too.').by((base) => {
      const taken = new Map<string, number>();
      return {
        markRead(call, channel, user, total) {
          taken.set(user.relationId, (taken.get(user.relationId) ?? 0) + total);
          return base.markRead(call, channel, user, total);
        },
        countUnread(call, user) {
          const counts = base.countUnread(call, user);
          return { ...counts, unreadCount: Number(counts.unreadCount) - (taken.get(user.relationId) ?? 0) };
        },
      };
    }),
  },
  'RE-HIDE-1': {
    'hide-data-one': row('Hide answers data 1 instead of null.').by(set('/data', 1)),
  },
});

function isEmpty(data: unknown): boolean {
  return Array.isArray(data) && data.length === 0;
}

function isThere(quote: unknown): boolean {
  return quote !== null;
}
