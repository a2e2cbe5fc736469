import type { StubOptions } from '../../src/stub/index.js';
import { uuidFrom } from '../../src/stub/random.js';
import type { TargetAccount } from '../../types/target.js';
import { type CallOptions, type Entry, type Members, type Reply, talk } from './ozeki-caller.js';

const START = Date.UTC(2026, 10, 20, 12, 0, 0, 250);
const WEEK = 604_800;

const ACTIONS = [
  ...['login', 'useravailable', 'friends', 'viewed', 'notification', 'list', 'downloadpartial', 'add', 'clear'],
  ...['favorite', 'unfavorite', 'setlistitembackgroundcolor', 'download', 'mute', 'unmute', 'hide', 'unhide'],
  ...['blocklist', 'workspaceregister'],
];

/**
 * One and the same conversation with a server, long enough that every mutation shows in it, part by part. The clock goes on
 * with each call, and all that is sent follows from what was sent before.
 */
export async function* ozekiConversation(options: StubOptions): AsyncGenerator<Reply[]> {
  let clock = START;
  let number = 0;
  let replies: Reply[] = [];
  const { alice, bob, outsider, call, conversationid } = talk({ ...options, now: () => clock });
  const both = [alice, bob];
  const fresh = (what: string) => uuidFrom(`${what} ${++number}`);
  const stamp = (seconds = 0) => new Date(clock + 1000 * seconds).toISOString().slice(0, 19).replace('T', ' ');
  const upload = (changes: Members = {}): Members => ({
    ID: fresh('message'),
    Type: 'Message',
    Created: stamp(),
    ValidUntil: stamp(WEEK),
    Data: `data ${number}`,
    ...changes,
  });

  /** What the answer holds is looked at only as far as it is what it should be. */
  async function say(who: TargetAccount, action: string, members: Members = {}, how: CallOptions = {}) {
    clock += 437;
    const reply = await call(who, action, members, how);
    replies.push(reply);
    return reply.body ?? ({} as Reply['body']);
  }
  const here = (who: TargetAccount, action: string, members: Members = {}) =>
    say(who, action, { conversationid, ...members });
  const add = (who: TargetAccount, changes: Members = {}) =>
    here(who, 'add', { message: JSON.stringify(upload(changes)) });
  const entriesOf = (entries: unknown) => (Array.isArray(entries) ? (entries as Entry[]) : []);
  const downloaded = async (who: TargetAccount) => entriesOf((await here(who, 'download')).messages);
  const look = async () => {
    for (const who of both)
      for (const action of ['list', 'blocklist', 'notification', 'friends']) await say(who, action);
  };
  const read = async () => {
    for (const who of both) {
      await here(who, 'download');
      await here(who, 'downloadpartial', { limit: 50 });
    }
  };
  const walk = async (who: TargetAccount, limit: number, most = 12) => {
    let cursor: Members = {};
    for (let page = 0; page < most; page++) {
      const body = await here(who, 'downloadpartial', { limit, ...cursor });
      const [message, report] = [entriesOf(body.messages)[0], entriesOf(body.reports)[0]];
      if (message === undefined && report === undefined) return;
      if (message !== undefined) cursor = { ...cursor, lastmessageid: message.ID, lastmessagedate: message.Created };
      if (report !== undefined) cursor = { ...cursor, lastreportid: report.ID, lastreportdate: report.Created };
    }
  };
  const login = async () => {
    for (const who of both) await say(who, 'login', { apikey: who.apikey, clientversioncode: 1 });
  };
  const flag = async (who: TargetAccount, action: string, members: Members = {}) => {
    await here(who, action, members);
    for (const each of both) await say(each, 'list');
    await say(who, 'blocklist');
  };
  /** Members with which each action is legal. */
  const legal = (last: Entry | undefined): Members => ({
    conversationid,
    apikey: alice.apikey,
    messageids: last === undefined ? [] : [last.ID],
    hideid: 'x;',
    color: '#112233',
    message: JSON.stringify(upload()),
    workspacename: `w${++number}.test`,
  });

  const parts: Record<string, () => Promise<unknown>> = {
    async logins() {
      await say(alice, 'notification');
      await login();
      await login();
      await look();
      for (const who of [alice, bob, outsider]) for (const action of ['friends', 'blocklist']) await say(who, action);
      for (const apikey of ['nope', undefined]) await say(alice, 'login', { apikey });
    },
    async pages() {
      await read();
      for (const limit of [1, 2, 3, 5, 7, 10, 20, 21]) await walk(alice, limit, 22);
    },
    async limits() {
      for (const limit of ['7', 0, -3, 1000, 1e9]) await here(alice, 'downloadpartial', { limit });
    },
    async data() {
      for (const length of [200, 1_050_000]) await add(bob, { Data: 'x'.repeat(length) });
      await here(alice, 'downloadpartial', { limit: 2 });
      await here(alice, 'clear');
      await look();
    },
    async clears() {
      await here(alice, 'clear');
      await here(bob, 'clear', { instance: 'x' });
      for (let i = 0; i < 4; i++) {
        await add(i % 2 === 0 ? alice : bob);
        await look();
      }
    },
    async times() {
      const created = [
        ...['2026-11-20 00:05:03', '2026-11-20 12:00:00', '2026-03-04 05:06:07', '2026-12-31 23:59:59'],
        ...['2026-05-06 13:14:15', '2026-05-06 13:14:15', '2026-05-06 13:14:15', '2026-05-06 01:14:09'],
      ];
      for (const [i, Created] of created.entries()) {
        const ValidUntil = i % 3 === 2 ? Created : '2027-06-05 12:30:00';
        await add(i % 2 === 0 ? alice : bob, { Created, ValidUntil, Type: i === 3 ? 'Note' : 'Message' });
      }
      await look();
      for (const limit of [1, 2, 3, 4, 50]) await walk(bob, limit, 16);
      await read();
    },
    async reports() {
      const ids = (await downloaded(alice)).map(({ ID }) => ID);
      const viewed: [TargetAccount, unknown][] = [
        [alice, ids.slice(0, 1)],
        [alice, ids.slice(1, 2)],
        [bob, ids.slice(0, 2)],
        [bob, ids.slice(3, 4)],
        [alice, ids.slice(3, 6)],
        ...[['none'], 'text', undefined].map((wrong): [TargetAccount, unknown] => [alice, wrong]),
      ];
      for (const [who, messageids] of viewed) await here(who, 'viewed', { messageids });
      await read();
      for (const who of both) await walk(who, 5, 4);
      await look();
      for (const who of [alice, bob, alice]) {
        await say(who, 'useravailable');
        await look();
        for (const friend of both) await say(friend, 'friends');
      }
    },
    async flags() {
      for (const who of both) {
        for (const action of ['mute', 'mute', 'favorite', 'favorite']) await flag(who, action);
        await add(bob);
        for (const color of ['#012345', '#012345']) await flag(who, 'setlistitembackgroundcolor', { color });
        for (const hideid of ['abcdefghij0123;', 'other;', 'other;']) await flag(who, 'hide', { hideid });
        await flag(who, 'mute');
        await here(who, 'downloadpartial', { limit: 20 });
        for (const action of ['unhide', 'unmute', 'unfavorite']) await flag(who, action);
        await flag(who, 'hide', { hideid: 'z;' });
      }
    },
    async badInput() {
      for (const changes of [{ ID: undefined }, { Created: 'x' }, { Type: '' }]) await add(alice, changes);
      for (const workspacename of ['a.example.test', 'a.example.test', 'plain', '', '-x', undefined])
        await say(alice, 'workspaceregister', { workspacename });
      for (const text of ['{', '', '[]', 'null']) await say(alice, 'list', {}, { text });
      await look();
      await say(alice, 'list', {}, { method: 'GET' });
      await say(alice, 'nonsense');
      for (const id of [undefined, 42, 'none'])
        for (const action of ['download', 'mute', 'hide']) await say(alice, action, { conversationid: id });
    },
    async everyAction() {
      await add(bob);
      const last = (await downloaded(alice)).at(-1);
      for (const action of ACTIONS) {
        await say(alice, action, legal(last));
        await say(alice, action, legal(last), { headers: { 'Ozeki-Signature': 'wrong' } });
        await say(outsider, action, legal(last));
      }
    },
  };

  for (const part of Object.values(parts)) {
    replies = [];
    await part();
    yield replies;
  }
}
