import { createStub } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { at, type Entry, md5, refused, stamp, talk } from './ozeki-caller.js';

type Talk = ReturnType<typeof talk>;

const idsOf = (pages: Entry[][]) => pages.flat().map(({ ID }) => ID);

/** What shows that a server has the fault; false on a conforming one. */
const SYMPTOMS: Record<string, (talk: Talk) => Promise<boolean>> = {
  'ozeki-page-edge': async ({ walk }) => new Set(idsOf(await walk(5))).size < 20,
  'ozeki-page-ties-lost': async ({ walk }) => new Set(idsOf(await walk(3))).size < 20,
  'ozeki-page-repeats': async ({ walk }) => (await walk(5, 30)).length === 30,
  'ozeki-page-limit-seven': async ({ walk }) => {
    const [ofSeven, ofSix] = [new Set(idsOf(await walk(7))), new Set(idsOf(await walk(6)))];
    return ofSix.size === 20 && ofSeven.size < 20;
  },
  'ozeki-download-newest-first': async ({ download }) => {
    const { messages } = (await download()).body;
    return at(messages, 0).Created > at(messages, -1).Created;
  },
  'ozeki-time-local': async ({ add, alice }) => (await add(alice)).body.message.Created > stamp(3600),
  'ozeki-time-twelve-hours': async ({ add, alice }) => {
    const sent = { Created: '2024-03-07 13:46:59', ValidUntil: '2024-03-14 00:10:00' };
    const { Created, ValidUntil } = (await add(alice, sent)).body.message;
    return Created === '2024-03-07 01:46:59' && ValidUntil === '2024-03-14 12:10:00';
  },
  'ozeki-userid-upper-case': async ({ call, alice }) => {
    const { userid } = (await call(alice, 'login', { apikey: alice.apikey })).body;
    const served = await call(alice, 'list', {}, { headers: { 'Ozeki-User': userid } });
    return userid === md5(alice.email).toUpperCase() && served.body.status === 'OK';
  },
  'ozeki-conversationid-unsorted': async ({ conversation, conversationid }) =>
    (await conversation()).id !== conversationid,
  'ozeki-friends-signature-unchecked': async ({ call, alice }) => {
    const headers = { 'Ozeki-Signature': 'wrong' };
    return (
      refused(await call(alice, 'list', {}, { headers })) && !refused(await call(alice, 'friends', {}, { headers }))
    );
  },
  'ozeki-clear-stranger-refused-but-done': async ({ call, outsider, conversationid, download }) => {
    const isRefused = refused(await call(outsider, 'clear', { conversationid }));
    return isRefused && (await download()).body.messages.length === 0;
  },
  'ozeki-download-stranger-served': async ({ outsider, download }) =>
    (await download(outsider)).body.messages?.length > 0,
  'ozeki-add-station-optional': async ({ alice, call, conversationid, download }) => {
    const message = { ID: 'm1', Type: 'Message', Created: stamp(), ValidUntil: stamp(), Data: '' };
    const headers = { 'Ozeki-Station': null };
    await call(alice, 'add', { conversationid, message: JSON.stringify(message) }, { headers });
    return (await download()).body.messages.some(({ ID }) => ID === 'm1');
  },
  'ozeki-mute-for-all': async ({ alice, bob, call, conversationid, conversation }) => {
    await call(alice, 'mute', { conversationid });
    return (await conversation(bob)).properties[0].ismuted;
  },
  'ozeki-add-data-trimmed': async ({ alice, add, download }) => {
    await add(alice, { Data: ' a ' });
    return at((await download()).body.messages, -1).Data === 'a';
  },
  'ozeki-clear-for-caller-only': async ({ alice, bob, call, conversationid, download }) => {
    await call(alice, 'clear', { conversationid });
    const left = async (account = alice) => (await download(account)).body.messages.length;
    return (await left()) === 0 && (await left(bob)) > 0;
  },
  'ozeki-notification-silent': async ({ alice, bob, call, add }) => {
    await call(alice, 'login', { apikey: alice.apikey });
    await add(bob);
    return (await call(alice, 'notification')).body.conversationchangedof.length === 0;
  },
  'ozeki-blocklist-as-text': async ({ alice, call }) =>
    (await call(alice, 'blocklist')).headers.get('content-type') === 'text/html',
  'ozeki-list-lastaccess-text': async ({ conversation }) => typeof (await conversation()).lastaccess === 'string',
  'ozeki-login-rsakey-missing': async ({ alice, call }) =>
    !('rsakey' in (await call(alice, 'login', { apikey: alice.apikey })).body),
  'ozeki-every-fifteenth-broken': async ({ alice, call }) => {
    const broken: number[] = [];
    for (let i = 1; i <= 30; i++) if ((await call(alice, 'blocklist')).body === undefined) broken.push(i);
    return broken.join() === '15,30';
  },
  'ozeki-malformed-crash': async ({ alice, call }) => (await call(alice, 'list', {}, { text: '{' })).status === 500,
  'ozeki-list-cut-off': async ({ alice, call }) =>
    Number((await call(alice, 'list')).headers.get('content-length')) === 1_000_000,
};

for (const [id, isThere] of Object.entries(SYMPTOMS)) {
  test(`${id} shows, and only where asked for`, async () => {
    expect(await isThere(talk())).toBe(false);
    expect(await isThere(talk({ faults: [id] }))).toBe(true);
  });
}

test('faults go together', async () => {
  const both = talk({ faults: ['ozeki-mute-for-all', 'ozeki-blocklist-as-text'], variants: ['ozeki-extra-members'] });
  expect(await SYMPTOMS['ozeki-mute-for-all']?.(both)).toBe(true);
  expect(await SYMPTOMS['ozeki-blocklist-as-text']?.(both)).toBe(true);
  expect((await both.conversation()).properties[0].serverhint).toBeTruthy();
});

test('two faults of one decision go together', async () => {
  const { walk } = talk({ faults: ['ozeki-page-limit-seven', 'ozeki-page-ties-lost'] });
  expect(new Set(idsOf(await walk(7))).size).toBeLessThan(20);
  expect(new Set(idsOf(await walk(3))).size).toBeLessThan(20);
});

test('a stub is not touched by the faults of another', () => {
  const now = () => Date.UTC(2026, 10, 20);
  createStub({ now, faults: ['ozeki-conversationid-unsorted'] });
  expect(createStub({ now }).digest()).toBe(createStub({ now }).digest());
});
