/** One session in all APIs, as any recorder may write it down, and what is judged of it. */
import { checked } from './files.js';
import {
  add,
  type Body,
  download,
  genesys,
  har,
  harEntry,
  info,
  listOf,
  message,
  ozeki,
  page,
  relation,
  send,
  start,
} from './traffic.js';

const [m1, m2] = [message('m1', 1), message('m2', 2, 'grüße, 你好 🎉')];
const event = (index: number, type: string, text?: string) => ({
  from: { nickname: 'nickname', participantId: 1, type: 'Client' },
  index,
  type,
  text,
  utcTime: start + 20_000,
});
const opened = [event(1, 'ParticipantJoined')];

/** What all habits are tried on: something of each API, and something missed. */
export const plain = [
  ozeki({ action: 'login', asked: { apikey: 'the-apikey-of-alice' } }),
  add(m1, 1),
  add(m2, 2),
  page([m1, m2], 10),
  download([m1, { ...m2, Data: 'changed' }], 12),
  genesys({
    action: 'requestchat',
    at: 20,
    asked: { nickname: 'nickname' },
    answered: { chatId: 'chat1', path: '/api/v2/chats/chat1', messages: opened },
  }),
  genesys({ action: 'sendmessage', at: 21, asked: { text: 'grüße' } }),
  genesys({
    action: 'getmessages',
    at: 22,
    asked: { transcriptPosition: 1 },
    answered: { messages: [...opened, event(2, 'Message', 'grüße')], statusCode: '0' },
  }),
  send(30),
  send(31, { content: 'grüße' }),
  listOf(35, [info(31, { content: 'grüße' }), info(30)], { limit: '10', maxCreateAt: String(start + 34_000) }),
  relation({ action: 'unreadcount', at: 36, asked: {}, answered: { data: { unreadCount: 0, mentionsCount: 0 } } }),
];

export interface Entry {
  startedDateTime: unknown;
  time: unknown;
  request: Body & { method: string; url: string; headers: { name: string; value: string }[] };
  response: Body & { headers: { name: string; value: string }[]; content: Body };
  [member: string]: unknown;
}

export const entriesOf = (): Entry[] => plain.map((entry) => harEntry(entry) as unknown as Entry);
export const asked = ({ request }: Entry) => (request.postData as { text: string } | undefined)?.text;
export const answered = ({ response }: Entry) => String(response.content.text);

/** What is judged of a recording, whatever its places are called. */
export async function told(content: string | Buffer) {
  const name = typeof content === 'string' && content.startsWith('{"log"') ? 'recorded.har' : 'recorded.txt';
  const { verdict, traffic, problems } = await checked(name, content);
  const judged = verdict.requirements.map(({ id, status, findings }) => [
    id,
    status,
    findings?.map(({ message }) => message),
  ]);
  const text = JSON.stringify({ judged, count: traffic.judged, problems });
  return JSON.parse(text.replace(/\b(?:entry|line) \d+ of recorded\.\w+/g, 'there')) as {
    judged: [id: string, status: string, findings?: string[]][];
    count: number;
    problems: string[];
  };
}

/** The same session, as a plain HAR has it. */
export const toldPlain = () => told(har(entriesOf() as unknown as Body[]));
