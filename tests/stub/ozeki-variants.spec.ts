import { setTimeout as wait } from 'node:timers/promises';
import { variants } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { at, type Conversation, md5, type Reply, refused, stamp, talk } from './ozeki-caller.js';

type Talk = ReturnType<typeof talk>;

const wrongSignature = ({ alice, call }: Talk): Promise<Reply> =>
  call(alice, 'list', {}, { headers: { 'Ozeki-Signature': 'wrong' } });
const byOutsider = ({ outsider, download }: Talk): Promise<Reply> => download(outsider);
const login = ({ alice, call }: Talk): Promise<Reply> => call(alice, 'login', { apikey: alice.apikey });
const get = ({ alice, call }: Talk): Promise<Reply> => call(alice, 'list', {}, { method: 'GET' });
const hide = ({ alice, call, conversationid }: Talk): Promise<Reply> =>
  call(alice, 'hide', { conversationid, hideid: 'x;' });

/** What shows that a server is the variant; false on the ordinary one. */
const SIGNS: Record<string, (talk: Talk) => Promise<boolean>> = {
  'ozeki-cursor-inclusive': async ({ page, download, walk }) => {
    const { messages } = (await download()).body;
    const { ID, Created } = at(messages, 9);
    const next = (await page({ lastmessageid: ID, lastmessagedate: Created, limit: 4 })).body.messages;
    return next.at(-1)?.ID === ID && next.length === 4 && (await walk(1)).length === messages.length;
  },
  'ozeki-pages-descending': async ({ page }) => {
    const { messages } = (await page()).body;
    return at(messages, 0).Created > at(messages, -1).Created;
  },
  'ozeki-ties-by-id': async ({ download, walk }) => {
    const keys = (await download()).body.messages.map(({ Created, ID }) => `${Created} ${ID}`);
    return keys.join() === keys.toSorted().join() && (await walk(2)).flat().length === keys.length;
  },
  'ozeki-limit-two-hundred': async ({ alice, add, page }) => {
    for (let i = 0; i < 40; i++) await add(alice);
    return (await page({ limit: 1000 })).body.messages.length === 60;
  },
  'ozeki-limit-clamped': async ({ page }) => (await page({ limit: '10' })).body.messages?.length === 20,
  'ozeki-history-long': async ({ download }) => (await download()).body.messages.length === 1100,
  'ozeki-history-empty': async ({ download, conversation }) =>
    (await download()).body.messages.length === 0 && (await conversation()).lastmessageid === '',
  'ozeki-refusals-by-status': async (it) =>
    (await wrongSignature(it)).status === 401 && (await byOutsider(it)).status === 403,
  'ozeki-refusals-400-failed': async (it) => isRefusal(await wrongSignature(it), 400, 'FAILED'),
  'ozeki-refusals-401-unauthorized': async (it) => isRefusal(await wrongSignature(it), 401, 'UNAUTHORIZED'),
  'ozeki-refusals-403-denied': async (it) => isRefusal(await byOutsider(it), 403, 'DENIED'),
  'ozeki-refusals-404-unknown': async (it) => isRefusal(await byOutsider(it), 404, 'UNKNOWN'),
  'ozeki-refusals-html': async (it) => {
    const { status, text, headers } = await byOutsider(it);
    return (
      status === 403 && text.startsWith('<!DOCTYPE html>') && headers.get('content-type') === 'text/html; charset=utf-8'
    );
  },
  'ozeki-refusals-empty-members': async (it) => {
    const { messages, message, status } = (await byOutsider(it)).body as unknown as Record<string, unknown>;
    return status === 'ERROR' && typeof message === 'string' && JSON.stringify(messages) === '[]';
  },
  'ozeki-refusals-of-framework': async (it) => {
    const { status, body } = await byOutsider(it);
    return status === 403 && (body.status as unknown) === 403 && typeof body.message === 'string';
  },
  'ozeki-attempts-end-session': async (it) => {
    await login(it);
    await wrongSignature(it);
    const ended = refused(await it.call(it.alice, 'list'));
    await login(it);
    return ended && !refused(await it.call(it.alice, 'list'));
  },
  'ozeki-extra-members': async ({ alice, call, conversation }) => {
    const { friends, serverhint } = (await call(alice, 'friends')).body;
    return Object.keys(friends).length === 2 && Boolean(serverhint && (await conversation()).properties[0].serverhint);
  },
  'ozeki-properties-extra': async ({ conversation }) => (await conversation()).properties[0].sound === 'default',
  'ozeki-properties-of-all': async ({ conversation }) => (await conversation()).properties.length === 2,
  'ozeki-content-type-charset': async (it) =>
    (await login(it)).headers.get('content-type') === 'application/json; charset=utf-8',
  'ozeki-content-type-upper-case': async (it) =>
    (await login(it)).headers.get('content-type') === 'Application/JSON;Charset="UTF-8"',
  'ozeki-json-pretty': async (it) => {
    await it.add(it.alice, { Data: 'é𓀀' });
    const { text, body } = await it.download();
    return text.includes('\\u00e9\\ud80c\\udc00') && at(body.messages, -1).Data === 'é𓀀' && text.includes('\n');
  },
  'ozeki-gzip': async ({ alice, call }) =>
    (await call(alice, 'list', {}, { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding') ===
    'gzip',
  'ozeki-report-ids-hex': async ({ conversation }) => /^[0-9a-f]{32}$/.test((await conversation()).lastreportid),
  'ozeki-no-delivery-reports': async ({ alice, add, download }) => {
    const before = (await download()).body.reports.length;
    await add(alice);
    return (await download()).body.reports.length === before;
  },
  'ozeki-notifications-kept': async (it) => {
    await login(it);
    await it.add(it.bob);
    await it.call(it.alice, 'notification');
    return (await it.call(it.alice, 'notification')).body.conversationchangedof.length === 1;
  },
  'ozeki-notifications-stale': async (it) => {
    await login(it);
    return (await it.call(it.alice, 'notification')).body.conversationchangedof.includes(it.conversationid);
  },
  'ozeki-listeners-elsewhere': async (it) =>
    JSON.stringify((await login(it)).body.listeners).includes('ws://push.example.test:'),
  'ozeki-login-first': async (it) => {
    const early = await it.call(it.alice, 'list');
    await login(it);
    return early.body.status === 'ERROR' && (await it.call(it.alice, 'list')).body.status === 'OK';
  },
  'ozeki-errormessage-beside-ok': async (it) => (await login(it)).body.errormessage === 'File does not exist',
  'ozeki-download-bare': async ({ download }) => Object.keys((await download()).body).join() === 'messages,reports',
  'ozeki-hidden-omitted': async (it) => {
    await hide(it);
    const { conversations } = (await it.call(it.alice, 'list')).body;
    return !conversations.some(({ id }) => id === it.conversationid);
  },
  'ozeki-hiddenby-filled': async (it) => (await hide(it)).body.conversation.hiddenby.join() === md5(it.alice.email),
  'ozeki-blocklist-objects': async (it) => {
    await hide(it);
    const { blockedconversations } = (await it.call(it.alice, 'blocklist')).body;
    return JSON.stringify(blockedconversations) === JSON.stringify([{ conversationid: it.conversationid }]);
  },
  'ozeki-colour-answer-old': async ({ alice, call, conversation, conversationid }) => {
    const answer = await call(alice, 'setlistitembackgroundcolor', { conversationid, color: '#010203' });
    const colourIn = (each: Conversation) => each.properties[0].listitembackgroundcolor;
    return colourIn(answer.body.conversation) === '#ffffff' && colourIn(await conversation()) === '#010203';
  },
  'ozeki-group-conversation': async ({ alice, call }) =>
    (await call(alice, 'list')).body.conversations.some((each) => each.isgroup && each.participants.length === 3),
  'ozeki-flags-told-where-changed': async (it) => {
    const headers = { 'Ozeki-Station': '5f4dcc3b5aa765d61d8327deb882cf99' };
    const told = async () => (await it.call(it.alice, 'notification', {}, { headers })).body.conversationlistchangedof;
    await it.call(it.alice, 'login', { apikey: it.alice.apikey }, { headers });
    await hide(it);
    const first = await told();
    await hide(it);
    return first.length === 1 && (await told()).length === 0;
  },
  'ozeki-clear-keeps-reports': async ({ alice, call, conversation, conversationid, download }) => {
    const before = (await download()).body.reports.length;
    await call(alice, 'clear', { conversationid });
    return (
      before > 0 && (await download()).body.reports.length === before && (await conversation()).lastreportid === ''
    );
  },
  'ozeki-group-id-text': async ({ alice, call }) =>
    (await call(alice, 'list')).body.conversations.some((each) => each.isgroup && each.id.endsWith('@chat')),
  'ozeki-report-ids-numbered': async ({ conversation }) => /^report\/\d+$/.test((await conversation()).lastreportid),
  'ozeki-lastaccess-forward': async ({ alice, add, call, conversation, conversationid }) => {
    const { lastaccess } = await conversation();
    await call(alice, 'clear', { conversationid });
    await add(alice, { Created: '2020-01-01 00:00:00' });
    return (await conversation()).lastaccess === lastaccess;
  },
  'ozeki-lastaccess-arrival': async ({ download, conversation }) => {
    const { Created } = at((await download()).body.messages, -1);
    return (await conversation()).lastaccess === Date.parse(`${Created.replace(' ', 'T')}Z`) / 1000 + 1;
  },
  'ozeki-availability-away': async ({ alice, call }) =>
    (await call(alice, 'friends')).body.availabilities.some((each) => each.availability === 'away'),
  'ozeki-availability-late': async (it) => {
    const shown = async () =>
      (await it.call(it.bob, 'friends')).body.availabilities.find(({ friendid }) => friendid === md5(it.alice.email));
    await it.call(it.alice, 'useravailable');
    const early = (await shown())?.availability;
    await wait(400);
    return early === 'offline' && (await shown())?.availability === 'available';
  },
  'ozeki-urls-reports': async (it) => (await login(it)).body.urls.reports?.endsWith('api=chatreports') ?? false,
  'ozeki-registration-false': async (it) => (await login(it)).body.registration === 'false',
  'ozeki-large-data-refused': async ({ alice, add }) => {
    const [large, fits] = [
      await add(alice, { Data: 'x'.repeat(65_537) }),
      await add(alice, { Data: 'x'.repeat(65_536) }),
    ];
    return large.body.status === 'ERROR' && fits.body.status === 'OK';
  },
  'ozeki-slow': async (it) => {
    await login(it);
    const started = performance.now();
    for (let i = 0; i < 5; i++) await login(it);
    return performance.now() - started > 90;
  },
  'ozeki-connection-close': async (it) => (await login(it)).headers.get('connection') === 'close',
  'ozeki-others-active': async (it) => {
    for (let i = 0; i < 60; i++) await login(it);
    const { conversations } = (await it.call(it.alice, 'list')).body;
    return conversations.some((each) => each.lastaccess > Date.now() / 1000 - 60);
  },
  'ozeki-others-in-conversation': async (it) => {
    for (let i = 0; i < 8; i++) await login(it);
    return (await it.download()).body.messages.length > 20;
  },
  'ozeki-instance-stale-refused': async ({ alice, call, conversation, conversationid }) => {
    const { instance } = await conversation();
    const fresh = (await call(alice, 'clear', { conversationid, instance })).body.conversation.instance;
    const mute = (named: string) => call(alice, 'mute', { conversationid, instance: named });
    return refused(await mute(instance)) && !refused(await mute(fresh));
  },
  'ozeki-conversations-several': async ({ alice, bob, call }) => {
    const { conversations } = (await call(alice, 'list')).body;
    const shared = conversations.filter(({ participantids }) => participantids.includes(md5(bob.email)));
    return shared.map(({ isgroup }) => isgroup).join() === 'true,true,false';
  },
  'ozeki-conversations-reordered': async ({ alice, call }) => {
    const list = async () => (await call(alice, 'list')).body.conversations.map(({ id }) => id);
    const [first, second] = [await list(), await list()];
    return first.join() !== second.join() && first.toSorted().join() === second.toSorted().join();
  },
  'ozeki-notifications-late': async (it) => {
    await login(it);
    await it.add(it.bob);
    const changed = async () => (await it.call(it.alice, 'notification')).body.conversationchangedof;
    const early = await changed();
    await wait(300);
    return early.length === 0 && (await changed()).join() === it.conversationid;
  },
  'ozeki-friends-without-partner': async ({ alice, bob, call }) => {
    const { friends } = (await call(alice, 'friends')).body;
    return Object.keys(friends).length === 1 && !(md5(bob.email) in friends);
  },
  'ozeki-json-members-turned': async (it) => {
    const order = async () => Object.keys((await login(it)).body).join();
    const [first, second] = [await order(), await order()];
    return first !== second;
  },
  'ozeki-sets-turned': async ({ alice, call, conversationid }) => {
    const ids = async () => {
      const { conversations } = (await call(alice, 'list')).body;
      return conversations.find(({ id }) => id === conversationid)?.participantids.join();
    };
    const [first, second] = [await ids(), await ids()];
    return first !== second;
  },
  'ozeki-limit-varies': async ({ alice, add, page }) => {
    for (let i = 0; i < 15; i++) await add(alice);
    const lengths = [await page({ limit: 50 }), await page({ limit: 50 })].map(({ body }) => body.messages.length);
    return lengths.sort().join() === '20,30';
  },
  'ozeki-reports-late': async ({ alice, bob, add, call, conversationid, page }) => {
    const { ID } = (await add(alice)).body.message;
    await call(bob, 'viewed', { conversationid, messageids: [ID] });
    const early = (await page()).body.reports;
    await wait(300);
    return (
      !early.some(({ Type }) => Type === 'viewed') && (await page()).body.reports.some(({ Type }) => Type === 'viewed')
    );
  },
  'ozeki-set-cookie': async (it) => (await login(it)).headers.get('set-cookie')?.startsWith('PHPSESSID=') ?? false,
  'ozeki-get-not-found': async (it) => isRefusal(await get(it), 404, 'NOTFOUND'),
  'ozeki-get-not-allowed': async (it) => {
    const reply = await get(it);
    return isRefusal(reply, 405, 'ERROR') && reply.headers.get('allow') === 'POST';
  },
  'ozeki-order-of-arrival': async ({ alice, add, page }) => {
    await add(alice);
    const { ID } = (await add(alice, { Created: stamp(-60) })).body.message;
    return at((await page()).body.messages, -1).ID === ID;
  },
  'ozeki-validity-leap-day': async ({ download }) =>
    (await download()).body.messages.every(({ ValidUntil }) => /-02-29 23:59:59$/.test(String(ValidUntil))),
  'ozeki-lastreportid-of-its-own': async ({ conversation, download }) => {
    const { lastreportid } = await conversation();
    return !(await download()).body.reports.some(({ ID }) => ID === lastreportid);
  },
  'ozeki-one-station-a-user': async ({ alice, call }) =>
    refused(await call(alice, 'login', { apikey: alice.apikey }, { headers: { 'Ozeki-Station': 'f'.repeat(32) } })),
  'ozeki-validity-long': async ({ download }) =>
    (await download()).body.messages.every(({ ValidUntil }) => ValidUntil === '9999-12-31 23:59:59'),
  'ozeki-report-ids-mixed': async ({ download }) => {
    const lengths = (await download()).body.reports.map(({ ID }) => ID.length);
    return lengths.includes(32) && lengths.includes(36);
  },
  'ozeki-limit-ten': async ({ page }) =>
    (await page({ limit: 11 })).body.messages.length === 10 && (await page({ limit: 9 })).body.messages.length === 9,
  'ozeki-pages-bare': async ({ page, download }) =>
    Object.keys(at((await page()).body.messages, 0)).join() === 'ID,Type,Created' &&
    'Data' in at((await download()).body.messages, 0),
  'ozeki-download-reports-bare': async ({ page, download }) =>
    Object.keys(at((await download()).body.reports, 0)).join() === 'ID' && 'Type' in at((await page()).body.reports, 0),
  'ozeki-same-id-refused': async ({ alice, add }) => {
    const ID = crypto.randomUUID();
    return !refused(await add(alice, { ID })) && refused(await add(alice, { ID }));
  },
  'ozeki-input-stored-as-sent': async ({ alice, call, conversation, conversationid }) => {
    await call(alice, 'setlistitembackgroundcolor', { conversationid, color: 'red' });
    return (await conversation()).properties[0].listitembackgroundcolor === 'red';
  },
  'ozeki-writes-unhide': async (it) => {
    const hidden = async () => (await it.call(it.alice, 'blocklist')).body.blockedconversations.length;
    await hide(it);
    const before = await hidden();
    await it.add(it.bob);
    return before === 1 && (await hidden()) === 0;
  },
  'ozeki-clear-unhides': async (it) => {
    const hidden = async () => (await it.call(it.alice, 'blocklist')).body.blockedconversations.length;
    await hide(it);
    const before = await hidden();
    await it.call(it.alice, 'clear', { conversationid: it.conversationid });
    return before === 1 && (await hidden()) === 0;
  },
};

test('every variant is shown to differ', () => {
  const ozeki = variants.filter(({ api }) => api === 'ozeki').map(({ id }) => id);
  expect(Object.keys(SIGNS).toSorted()).toEqual(ozeki.toSorted());
});

for (const [id, isThere] of Object.entries(SIGNS)) {
  test(`${id} shows, and only where asked for`, async () => {
    expect(Boolean(await isThere(talk()))).toBe(false);
    expect(Boolean(await isThere(talk({ variants: [id] })))).toBe(true);
  });
}

test('all variants of one server at once still store and serve a message', async () => {
  const together = [
    'ozeki-cursor-inclusive',
    'ozeki-ties-by-id',
    'ozeki-extra-members',
    'ozeki-json-pretty',
    'ozeki-slow',
  ];
  const { alice, bob, add, download } = talk({ variants: together });
  const sent = { ID: crypto.randomUUID(), Created: stamp(), Data: 'é' };
  await add(alice, sent);
  expect((await download(bob)).body.messages).toContainEqual(expect.objectContaining(sent));
});

function isRefusal({ status, body }: Reply, expected: number, word: string): boolean {
  return status === expected && body.status === word && body.errormessage.length > 0;
}
