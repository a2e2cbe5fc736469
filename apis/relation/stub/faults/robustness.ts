import { htmlAnswer, jsonAnswer } from '../../../../src/stub/answer.js';
import { type Json, Refusal } from '../model.js';
import type { RelationFault } from '../mutation.js';

/** What a server answers whose error page shows its inside. */
const crash = () => htmlAnswer(500, 'java.lang.NullPointerException at com.relation.im.Message(Message.java:41)');

export const robustnessFaults: readonly RelationFault[] = [
  {
    id: 'relation-every-fifteenth-broken',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'Every fifteenth answer is JSON that breaks off.',
    answer: (answer, call) =>
      call.total % 15 === 0 ? { ...answer, write: (body) => answer.write(body).slice(0, -1) } : answer,
  },
  {
    id: 'relation-list-cut-off',
    api: 'relation',
    action: 'list',
    requirement: 'RE-COM-1',
    sentence: 'The connection breaks in the middle of the answer of List.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': '1000000' } }),
  },
  {
    id: 'relation-malformed-crash',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'Malformed JSON is answered by HTTP 500 and an error page.',
    behave: (base) => ({
      refuse: (call, refusal) => (refusal.kind === 'body' ? crash() : base.refuse(call, refusal)),
    }),
  },
  {
    id: 'relation-refusal-stack-trace',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'The desc of a refused parameter is a stack trace.',
    behave: (base) => ({
      refuse(call, refusal) {
        const answer = base.refuse(call, refusal);
        if (refusal.kind !== 'input') return answer;
        const trace = `${refusal.message}\n\tat com.relation.im.MessageService.check(MessageService.java:87)`;
        return { ...answer, body: { ...(answer.body as Json), desc: trace } };
      },
    }),
  },
  {
    id: 'relation-unknown-channel-crash',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'A channel that does not exist is answered by HTTP 500.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.message === 'no such channel'
          ? { ...base.refuse(call, refusal), status: 500 }
          : base.refuse(call, refusal),
    }),
  },
  {
    id: 'relation-unknown-channel-empty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-COM-5',
    sentence: 'List answers a channel that does not exist with a success and no message.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        call.action === 'list' && refusal.message === 'no such channel'
          ? jsonAnswer(200, { code: '0', desc: 'success', data: [] })
          : base.refuse(call, refusal),
    }),
  },
  {
    id: 'relation-send-content-optional',
    api: 'relation',
    action: 'send',
    requirement: 'RE-COM-5',
    sentence: 'Send stores a message without content.',
    behave: (base) => ({
      readDraft(call) {
        call.members = { content: ' ', ...call.members };
        return base.readDraft(call);
      },
    }),
  },
  {
    id: 'relation-send-content-object',
    api: 'relation',
    action: 'send',
    requirement: 'RE-COM-5',
    sentence: 'Send turns content of any type into text.',
    behave: (base) => ({
      readDraft(call) {
        const { content } = call.members;
        if (content !== undefined) call.members = { ...call.members, content: String(content) };
        return base.readDraft(call);
      },
    }),
  },
  {
    id: 'relation-hide-unknown-served',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-COM-5',
    sentence: 'Hiding a message that does not exist is a success.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        call.action === 'hide' && refusal.message === 'no such message'
          ? base.succeed(call, null)
          : base.refuse(call, refusal),
    }),
  },
  {
    id: 'relation-rate-limit-page',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'Who sends bad input too often gets HTTP 429 and an HTML page for a while.',
    behave: (base) => ({
      refuse(call, refusal) {
        const { notes } = call.state;
        const now = base.now(call);
        const bad = [...((notes.get('relation-rate-limit-page') as number[] | undefined) ?? []), now];
        const recent = bad.filter((at) => at > now - 3000);
        if (refusal.kind === 'body' || refusal.kind === 'input') notes.set('relation-rate-limit-page', recent);
        return recent.length > 15 ? htmlAnswer(429, 'Too Many Requests') : base.refuse(call, refusal);
      },
    }),
  },
  {
    id: 'relation-rate-limit-page-passing',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'Every hundredth call gets HTTP 429 and an HTML page, and is served when it is sent again.',
    answer: (answer, call) => (call.total % 100 === 0 ? htmlAnswer(429, 'Too Many Requests') : answer),
  },
  {
    id: 'relation-limit-text-trace',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-12',
    sentence: 'The desc of a refused limit is a stack trace.',
    behave: (base) => ({
      refuse(call, refusal) {
        const answer = base.refuse(call, refusal);
        if (!refusal.message.startsWith('limit')) return answer;
        const trace = `For input string\n\tat java.lang.Integer.parseInt(Integer.java:652)`;
        return { ...answer, body: { ...(answer.body as Json), desc: trace } };
      },
    }),
  },
  {
    id: 'relation-limit-text-crash',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-12',
    sentence: 'A limit that is no number is answered by HTTP 500.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.message.startsWith('limit') && !/^-?\d+$/.test(String(call.members.limit))
          ? crash()
          : base.refuse(call, refusal),
    }),
  },
  {
    id: 'relation-limit-huge-crash',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-12',
    sentence: 'A limit beyond 32 bits is answered by HTTP 500.',
    behave: (base) => ({
      readLimit(call) {
        if (Number(call.members.limit) > 2 ** 31) throw new Refusal('input', 'limit overflows');
        return base.readLimit(call);
      },
      refuse: (call, refusal) => (refusal.message === 'limit overflows' ? crash() : base.refuse(call, refusal)),
    }),
  },
  {
    id: 'relation-max-negative-crash',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-12',
    sentence: 'A negative maxCreateAt is answered by an error page.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.message.startsWith('maxCreateAt') && String(call.members.maxCreateAt).startsWith('-')
          ? htmlAnswer(400, 'Bad Request')
          : base.refuse(call, refusal),
    }),
  },
];
