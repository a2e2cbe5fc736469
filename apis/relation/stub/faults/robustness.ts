import { type Answer, cutOff, htmlAnswer, jsonAnswer, written } from '../../../../src/stub/answer.js';
import { everyNth, onAnswer } from '../../../../src/stub/mutation.js';
import { isOfMessages, nameOfAction, relationActionNames } from '../../actions.js';
import { type Json, Refusal } from '../model.js';
import { faultsOf, instead, on, onEach, refused, row, together } from '../rows.js';

const messageActions = relationActionNames.filter(isOfMessages);

const WARNING = 'WARN  com.relation.im.MessageService - slow query\n';

export const robustnessFaults = faultsOf({
  'RE-COM-1': {
    'every-fifteenth-broken': row('Every fifteenth answer is JSON that breaks off.').by(
      everyNth(
        15,
        written((json) => json.slice(0, -1)),
      ),
    ),
    ...onEach(
      messageActions,
      'bom-before-json',
      (action) => `${nameOfAction(action)} sends a byte order mark before its JSON.`,
      () => onAnswer(written((json) => `\ufeff${json}`)),
    ),
    ...onEach(
      messageActions,
      'warning-before-json',
      (action) => `${nameOfAction(action)} sends a line of its log before its JSON.`,
      () => onAnswer(written((json) => WARNING + json)),
    ),
    'list-cut-off': on.list('The connection breaks in the middle of the answer of List.').by(onAnswer(cutOff)),
  },
  'RE-COM-5': {
    'malformed-crash': row('Malformed JSON is answered by HTTP 500 and an error page.').by(
      refused(({ kind }) => kind === 'body', crash),
    ),
    'refusal-stack-trace': row('The desc of a refused parameter is a stack trace.').by(
      refused(
        ({ kind }) => kind === 'input',
        (answer, { refusal }) =>
          withDesc(answer, `${refusal?.message}\n\tat com.relation.im.MessageService.check(MessageService.java:87)`),
      ),
    ),
    'unknown-channel-crash': row('A channel that does not exist is answered by HTTP 500.').by(
      refused(isNoChannel, (answer) => ({ ...answer, status: 500 })),
    ),
    'unknown-channel-empty': on
      .list('List answers a channel that does not exist with a success and no message.')
      .by(refused(isNoChannel, () => jsonAnswer(200, { code: '0', desc: 'success', data: [] }))),
    'send-content-optional': on.send('Send stores a message without content.').by(
      instead('readDraft', (usual, call) => {
        call.members = { content: ' ', ...call.members };
        return usual();
      }),
    ),
    'send-content-object': on.send('Send turns content of any type into text.').by(
      instead('readDraft', (usual, call) => {
        const { content } = call.members;
        if (content !== undefined) call.members = { ...call.members, content: String(content) };
        return usual();
      }),
    ),
    'hide-unknown-served': on.hide('Hiding a message that does not exist is a success.').by(
      refused(
        ({ message }) => message === 'no such message',
        (_answer, call) => call.behaviour.succeed(call, null),
      ),
    ),
    'rate-limit-page': row('Who sends bad input too often gets HTTP 429 and an HTML page for a while.').by((base) => {
      const bad: number[] = [];
      return instead('refuse', (usual, call, { kind }) => {
        const now = call.behaviour.now(call);
        const recent = [...bad, now].filter((at) => at > now - 3000);
        if (kind === 'body' || kind === 'input') bad.push(now);
        return recent.length > 15 ? tooMany() : usual();
      })(base);
    }),
    'rate-limit-page-passing': row(
      'Every hundredth call gets HTTP 429 and an HTML page, and is served when it is sent again.',
    ).by(everyNth(100, tooMany)),
  },
  'RE-LIST-12': {
    'limit-text-trace': row('The desc of a refused limit is a stack trace.').by(
      refused(isOf('limit'), (answer) =>
        withDesc(answer, 'For input string\n\tat java.lang.Integer.parseInt(Integer.java:652)'),
      ),
    ),
    'limit-text-crash': row('A limit that is no number is answered by HTTP 500.').by(
      refused((refusal, { members }) => isOf('limit')(refusal) && !/^-?\d+$/.test(String(members.limit)), crash),
    ),
    'limit-huge-crash': row('A limit beyond 32 bits is answered by HTTP 500.').by(
      together(
        instead('readLimit', (usual, { members }) => {
          if (Number(members.limit) > 2 ** 31) throw new Refusal('input', 'limit overflows');
          return usual();
        }),
        instead('refuse', (usual, _call, { message }) => (message === 'limit overflows' ? crash() : usual())),
      ),
    ),
    'max-negative-crash': row('A negative maxCreateAt is answered by an error page.').by(
      refused(
        (refusal, { members }) => isOf('maxCreateAt')(refusal) && String(members.maxCreateAt).startsWith('-'),
        () => htmlAnswer(400, 'Bad Request'),
      ),
    ),
  },
});

/** What a server answers whose error page shows its inside. */
function crash(): Answer {
  return htmlAnswer(500, 'java.lang.NullPointerException at com.relation.im.Message(Message.java:41)');
}

function tooMany(): Answer {
  return htmlAnswer(429, 'Too Many Requests');
}

function withDesc(answer: Answer, desc: string): Answer {
  return { ...answer, body: { ...(answer.body as Json), desc } };
}

function isNoChannel({ message }: Refusal): boolean {
  return message === 'no such channel';
}

/** Refusals whose words begin with this. */
function isOf(beginning: string): (refusal: Refusal) => boolean {
  return ({ message }) => message.startsWith(beginning);
}
