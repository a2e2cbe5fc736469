import type { Json } from '../model.js';
import { onEntries, onSuccess, type RelationFault } from '../mutation.js';

export const shapeFaults: readonly RelationFault[] = [
  {
    id: 'relation-desc-missing',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-COM-1',
    sentence: 'Unread count answers without desc.',
    answer: onSuccess(({ desc: _, ...body }) => body),
  },
  {
    id: 'relation-code-number',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'Every code is a number.',
    answer: (answer) => ({ ...answer, body: { ...(answer.body as Json), code: Number((answer.body as Json).code) } }),
  },
  {
    id: 'relation-refusal-code-number',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'The code of a refusal is a number.',
    answer: (answer, call) =>
      call.refusal === undefined
        ? answer
        : { ...answer, body: { ...(answer.body as Json), code: Number((answer.body as Json).code) } },
  },
  {
    id: 'relation-data-renamed',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-COM-1',
    sentence: 'Unread count answers its counts in result instead of data.',
    answer: onSuccess(({ data, ...body }) => ({ ...body, result: data })),
  },
  {
    id: 'relation-list-empty-null',
    api: 'relation',
    action: 'list',
    requirement: 'RE-COM-1',
    sentence: 'List answers data null where there is no message.',
    answer: onSuccess((body) => ({ ...body, data: (body.data as unknown[]).length === 0 ? null : body.data })),
  },
  {
    id: 'relation-list-as-text',
    api: 'relation',
    action: 'list',
    requirement: 'RE-COM-1-SHOULD',
    sentence: 'List answers JSON under the content type text/plain.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain;charset=UTF-8' } }),
  },
  {
    id: 'relation-code-200',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-2',
    sentence: 'Every success has the code "200".',
    answer: onSuccess((body) => ({ ...body, code: '200' })),
  },
  {
    id: 'relation-hide-code-zeros',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-COM-2',
    sentence: 'Hide answers the code "00000".',
    answer: onSuccess((body) => ({ ...body, code: '00000' })),
  },
  {
    id: 'relation-unread-code-one',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-COM-2',
    sentence: 'Unread count has the code "1" for a success.',
    answer: onSuccess((body) => ({ ...body, code: '1' })),
  },
  {
    id: 'relation-list-nulls-left-out',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'List leaves out the members of an entry that are null.',
    answer: onEntries((entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null))),
  },
  {
    id: 'relation-list-quote-id',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'The quote of an entry is the id of the quoted message instead of a MessageInfo.',
    behave: (base) => ({
      showQuote(call, message) {
        const quote = base.showQuote(call, message) as Json | null;
        return quote === null ? null : quote.id;
      },
    }),
  },
  {
    id: 'relation-list-quote-slim',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'The quote of an entry has id, from and content alone.',
    behave: (base) => ({
      showQuote(call, message) {
        const quote = base.showQuote(call, message) as Json | null;
        return quote === null ? null : { id: quote.id, from: quote.from, content: quote.content };
      },
    }),
  },
  {
    id: 'relation-list-card-parsed',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'The content of a message that is no TEXT is given as an object.',
    answer: onEntries((entry) => (entry.type === 'TEXT' ? entry : { ...entry, content: { text: entry.content } })),
  },
  {
    id: 'relation-read-true',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence: 'Read answers true.',
    answer: onSuccess((body) => ({ ...body, data: body.data === 1 })),
  },
  {
    id: 'relation-read-text',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence: 'Read answers its number as a string.',
    answer: onSuccess((body) => ({ ...body, data: String(body.data) })),
  },
  {
    id: 'relation-unread-text',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-UNREAD-1',
    sentence: 'Unread count answers unreadCount as a string.',
    behave: (base) => ({
      countUnread(call, user) {
        const counts = base.countUnread(call, user);
        return { ...counts, unreadCount: String(counts.unreadCount) };
      },
    }),
  },
  {
    id: 'relation-unread-mentions-missing',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-UNREAD-1',
    sentence: 'Unread count leaves mentionsCount out while nobody is mentioned.',
    behave: (base) => ({
      countUnread(call, user) {
        const { unreadCount, mentionsCount } = base.countUnread(call, user);
        return mentionsCount === 0 ? { unreadCount } : { unreadCount, mentionsCount };
      },
    }),
  },
  {
    id: 'relation-unread-negative',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-UNREAD-1',
    sentence: 'Each Read takes its total from unreadCount, below zero too.',
    behave: (base) => ({
      markRead(call, channel, user, total) {
        const key = `relation-unread-negative ${user.relationId}`;
        call.state.notes.set(key, Number(call.state.notes.get(key) ?? 0) + total);
        return base.markRead(call, channel, user, total);
      },
      countUnread(call, user) {
        const taken = Number(call.state.notes.get(`relation-unread-negative ${user.relationId}`) ?? 0);
        const counts = base.countUnread(call, user);
        return { ...counts, unreadCount: Number(counts.unreadCount) - taken };
      },
    }),
  },
  {
    id: 'relation-hide-data-one',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1',
    sentence: 'Hide answers data 1 instead of null.',
    answer: onSuccess((body) => ({ ...body, data: 1 })),
  },
  {
    id: 'relation-list-empty-code',
    api: 'relation',
    action: 'list',
    requirement: 'RE-COM-2',
    sentence: 'A List that holds nothing is answered with a code of its own and an empty array.',
    answer: onSuccess((body) =>
      (body.data as unknown[]).length === 0 ? { ...body, code: '10404', desc: 'no messages' } : body,
    ),
  },
  {
    id: 'relation-hide-code-204',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-COM-2',
    sentence: 'Hide is answered with the code "204", for it has no data.',
    answer: onSuccess((body) => ({ ...body, code: '204' })),
  },
];
