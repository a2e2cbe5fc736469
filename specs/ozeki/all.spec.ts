import {
  flagActions,
  type OzekiActionName,
  type OzekiHeader,
  ozekiActions,
  ozekiOutcome,
} from '../../apis/ozeki/actions.js';
import { insideGroundTruth, nobodyGetsIn, toldFindings, viewingOf } from '../../fixtures/ozeki/access.js';
import {
  addMembers,
  clearAway,
  cursorAt,
  downloadFrom,
  entriesOf,
  farCursor,
  fetchPage,
  firstCursor,
  newMessage,
  post,
  yesterdayAt,
} from '../../fixtures/ozeki/history.js';
import {
  allowedActions,
  attemptLegal,
  caseExchanged,
  dataFindings,
  endExchanged,
  isHex,
  leakFindings,
  legalMembers,
  refusedInOrder,
} from '../../fixtures/ozeki/probes.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import {
  accountIdFindings,
  closeToNow,
  equal,
  parseTimestamp,
  timestampFindings,
  unchanged,
} from '../../src/rules/index.js';

/** Calls every allowed action once, as documented, for the observer to judge. */
async function driveAll(context: OzekiContext): Promise<void> {
  const { alice, bob, step } = context;
  step('alice calls every allowed action once');
  const viewing = context.may('write') ? viewingOf(await post(context, bob)) : {};
  for (const action of allowedActions(context)) {
    await attemptLegal(context, alice, action, { intent: 'call' }, action === 'viewed' ? viewing : {});
  }
  // Somebody without friends and conversations gets answers of the same shape.
  for (const outsider of hasOutsider(context)) {
    for (const action of ['friends', 'list', 'blocklist', 'notification'] as const)
      await attemptLegal(context, outsider, action, { intent: 'call' });
  }
}

for (const id of ['OZ-COM-1', 'OZ-COM-2', 'OZ-COM-3', 'OZ-COM-4', 'OZ-COM-5', 'OZ-COM-9']) {
  requirement(id, driveAll);
}

requirement('OZ-COM-6', async (context) => {
  const { alice, bob } = context;
  const { conversations } = await alice.list();
  const shown = conversations.find(({ id }) => id === context.conversation);
  const { friends } = await alice.friends();
  const cited = { exchanges: [context.last()] };
  const ids = [...(shown?.participantids ?? []), ...(shown?.properties ?? []).map(({ userid }) => userid)];
  const findings: Finding[] = [];
  // A friend is known by the id alone; one that bears bob's name in another form of his id is not looked for.
  for (const user of [alice, bob]) {
    const wrong = ids.filter((id) => id.toLowerCase() === user.id && id !== user.id);
    findings.push(...wrong.flatMap((id) => accountIdFindings(id, user.email, '/conversations')));
  }
  if (shown !== undefined && !shown.isgroup && shown.participantids.length === 2) {
    const expected = [alice.id, bob.id].sort();
    findings.push(
      ...equal(
        [...shown.participantids].sort(),
        expected,
        "the participants' ids are not the md5 of alice's and bob's e-mail addresses",
        '/conversations',
      ),
    );
  }
  const { userid } = await alice.login();
  findings.push(...accountIdFindings(userid, alice.email, '/userid'));
  const bobAmongFriends = Object.keys(friends).find((id) => id.toLowerCase() === bob.id);
  if (bobAmongFriends !== undefined)
    findings.push(
      ...accountIdFindings(bobAmongFriends, bob.email, '/friends').map((finding) => ({ ...finding, ...cited })),
    );
  else if (context.may('write') && (await isToldOf(alice, bob)))
    findings.push({
      message:
        "bob is a friend of alice's, as her Notification shows, and not in Friends / List under the md5 of his e-mail address",
      path: '/friends',
      expected: bob.id,
      found: Object.keys(friends).slice(0, 5).join(', ') || 'nobody',
      ...cited,
    });
  return findings;
});

/** Whether a user's Notification names another one who has just become available: then they are friends. */
async function isToldOf(user: OzekiUser, other: OzekiUser): Promise<boolean> {
  await user.notification();
  await other.useravailable();
  return (await user.notification()).friendavailabilitesof.includes(other.id);
}

requirement('OZ-COM-7', async (context) => {
  const { alice, bob, step } = context;
  await fetchPage(context, alice, firstCursor(context), 50);
  if (!context.may('write')) return undefined;
  const findings: Finding[] = [];
  // Half a year on, a zone with summer time is another hour away from UTC.
  for (const message of [yesterdayAt('13:46:59'), yesterdayAt('00:04:07', 182), yesterdayAt('12:05:09')]) {
    step(`alice adds a message of ${message.Created}, and bob downloads it in both ways`);
    const { message: echoed } = await alice.add(addMembers(context, message));
    findings.push(...stampFindings(echoed, message, 'the answer of Add'));
    const { messages } = await downloadFrom(context, bob, message);
    const page = await fetchPage(
      context,
      bob,
      { ...firstCursor(context), ...cursorAt('messages', { ID: '', Created: message.Created }) },
      50,
    );
    for (const [held, where] of [
      [messages, 'Download'],
      [page.messages, 'Partial download'],
    ] as const) {
      const found = held.find(({ ID }) => ID === message.ID);
      if (found !== undefined) findings.push(...stampFindings(found, message, where));
    }
  }
  return findings;
});

function stampFindings(shown: object, sent: { Created: string; ValidUntil: string }, where: string): Finding[] {
  return (['Created', 'ValidUntil'] as const).flatMap((member) => {
    const value = (shown as Record<string, unknown>)[member];
    if (value === undefined || value === sent[member]) return [];
    const malformed = timestampFindings(value, `/${member}`);
    const halfDay =
      Math.abs((parseTimestamp(value) ?? 0) - (parseTimestamp(sent[member]) as number)) === 12 * 3_600_000;
    const hint = halfDay ? ': twelve hours off, so the hour is not written 00 to 23' : '';
    return malformed.length > 0
      ? malformed
      : equal(value, sent[member], `${member} in ${where} is not the moment that was uploaded${hint}`, `/${member}`);
  });
}

requirement('OZ-COM-8', async (context) => {
  const { alice, bob, step, target } = context;
  step('alice adds a message now, bob reports it as viewed; all new timestamps are compared with the clock');
  const before = await fetchPage(context, alice, farCursor(context), 50);
  const message = await post(context, alice);
  await bob.viewed({ conversationid: context.conversation, instance: context.instance(), ...viewingOf(message) });
  const near = (created: unknown, what: string, exchange: Exchange) => {
    const moment = parseTimestamp(created);
    if (moment === undefined) return [];
    return closeToNow(moment, Date.now(), target.clockToleranceMs, what).map((finding) => ({
      ...finding,
      exchanges: [exchange],
    }));
  };
  const findings: Finding[] = [];
  for (const reader of [alice, bob]) {
    const { messages, exchange } = await downloadFrom(context, reader, message);
    findings.push(
      ...near(
        messages.find(({ ID }) => ID === message.ID)?.Created,
        'the Created of a message just added, in Download,',
        exchange,
      ),
    );
    const page = await fetchPage(context, reader, farCursor(context), 50);
    findings.push(
      ...near(
        page.messages.find(({ ID }) => ID === message.ID)?.Created,
        'the Created of a message just added, in Partial download,',
        page.exchange,
      ),
    );
    const known = new Set(before.reports.map(({ ID }) => ID));
    if (reader === alice) {
      const downloaded = entriesOf((exchange.response.json as { reports?: unknown }).reports);
      for (const report of page.reports.filter(({ ID }) => !known.has(ID)).slice(0, 5)) {
        const again = downloaded.find(({ ID }) => ID === report.ID);
        findings.push(
          ...near(report.Created, 'the Created of a report just made, in Partial download,', page.exchange),
          ...near(again?.Created, 'the Created of a report just made, in Download,', exchange),
        );
      }
    }
  }
  return findings;
});

requirement('OZ-COM-10', async (context) => {
  const { alice, bob, step } = context;
  const signature = await alice.signature();
  const wrong: [string, string][] = [
    ['a made-up Ozeki-Signature', 'bm8gc2lnbmF0dXJlIG9mIHRoaXMgYWNjb3VudA=='],
    ['an Ozeki-Signature that differs in its last character', endExchanged(signature)],
    // Digits of hex are the same in either case, so a server that decodes them cannot tell.
    ['an Ozeki-Signature in other letter case', isHex(signature) ? signature : caseExchanged(signature)],
    ['the first half of the Ozeki-Signature', signature.slice(0, Math.ceil(signature.length / 2))],
    ["another account's Ozeki-Signature", await bob.signature()],
    ['an empty Ozeki-Signature', ''],
    // Behind the padding of base64 a decoder may read no further: then more text is no other signature.
    ...(signature.endsWith('=') ? [] : [['more than the Ozeki-Signature', `${signature}AAAA`] as [string, string]]),
  ];
  const actions = allowedActions(context).filter((action) =>
    (ozekiActions[action].headers as readonly OzekiHeader[]).includes('Signature'),
  );
  return nobodyGetsIn(context, actions, async (action, changes) => {
    const findings: Finding[] = [];
    for (const [words, Signature] of wrong.filter(([, text]) => text !== signature)) {
      step(`alice calls ${action} with ${words}`);
      const exchange = await attemptLegal(context, alice, action, { tamper: { headers: { Signature } } }, changes);
      findings.push(...leakFindings(exchange, `${action} with ${words}`));
    }
    return findings;
  });
});

requirement('OZ-COM-11', async (context) => {
  const { alice, step } = context;
  return nobodyGetsIn(context, allowedActions(context), async (action, changes) => {
    const findings: Finding[] = [];
    for (const header of ozekiActions[action].headers) {
      step(`alice calls ${action} without Ozeki-${header}`);
      const exchange = await attemptLegal(context, alice, action, { tamper: { headers: { [header]: null } } }, changes);
      findings.push(...leakFindings(exchange, `${action} without the Ozeki-${header} header`));
    }
    return findings;
  });
});

const readsConversation: readonly OzekiActionName[] = ['download', 'downloadpartial'];
const changesConversation: readonly OzekiActionName[] = ['viewed', 'add', ...flagActions, 'clear'];
const undoneBy: Partial<Record<OzekiActionName, OzekiActionName>> = {
  mute: 'unmute',
  favorite: 'unfavorite',
  hide: 'unhide',
};

requirement('OZ-COM-12', async (context) => {
  const { alice, step } = context;
  const outsider = context.outsider();
  const inside = await insideGroundTruth(context);
  const actions = [...readsConversation, ...changesConversation].filter((name) =>
    context.may(ozekiActions[name].level),
  );
  // Nothing at all under "OK" is no data: whether that is a refusal in order is for OZ-COM-13.
  const gotIn = (exchange: Exchange, action: OzekiActionName, words: string) => [
    ...(readsConversation.includes(action) ? dataFindings(exchange, words) : leakFindings(exchange, words)),
    ...toldFindings(exchange, inside),
  ];
  const disguise = { User: alice.id, Station: outsider.station, Signature: await outsider.signature() };
  const findings = await nobodyGetsIn(context, actions, async (action, changes) => {
    step(`the outsider tries ${action} on the conversation of alice and bob, as such and under alice's user id`);
    const exchange = await attemptLegal(context, outsider, action, {}, changes);
    const undo = undoneBy[action];
    if (undo !== undefined && ozekiOutcome(exchange) === 'served') await attemptLegal(context, outsider, undo);
    const disguised = await attemptLegal(context, alice, action, { tamper: { headers: disguise } }, changes);
    return [
      ...gotIn(exchange, action, `${action} by a user who takes no part in the conversation`),
      ...gotIn(disguised, action, `${action} by a stranger who only gives a participant's id as Ozeki-User`),
    ];
  });
  return [...findings, ...(await knownMessageFindings(context)), ...(await toldUnasked(context, inside))];
});

/** Finds where a stranger may read who knows a message, or whose target is another conversation, such as a group. */
async function knownMessageFindings(context: OzekiContext): Promise<Finding[]> {
  const { alice, step } = context;
  const outsider = context.outsider();
  const { conversations } = await alice.list();
  const foreign = conversations.filter(({ participantids }) => !participantids.includes(outsider.id));
  const others = foreign
    .filter(({ id }) => id !== context.conversation)
    .sort((a, b) => Number(b.isgroup) - Number(a.isgroup));
  const findings: Finding[] = [];
  for (const { id, isgroup } of [...foreign.filter(({ id }) => id === context.conversation), ...others.slice(0, 2)]) {
    const inside = { conversationid: id, instance: context.instance(id) };
    const known = entriesOf(
      (await alice.downloadpartial({ ...legalMembers(context, alice, 'downloadpartial'), ...inside } as never))
        .messages,
    )[0];
    if (known === undefined) continue;
    const [date, messageid] = [known.Created ?? '', known.ID];
    step(
      `the outsider tries to read from a message on that stands in ${isgroup ? 'a group' : 'a conversation'} of alice's`,
    );
    for (const [action, cursor] of [
      ['download', { firstmessagedate: date, firstmessageid: messageid }],
      ['downloadpartial', { lastmessagedate: date, lastmessageid: messageid }],
    ] as const) {
      const exchange = await attemptLegal(context, outsider, action, {}, { ...inside, ...cursor });
      const words = `${action} from a message on by a user who takes no part in ${isgroup ? 'the group' : 'the conversation'}`;
      findings.push(...dataFindings(exchange, words));
    }
  }
  return findings;
}

/** Finds where an answer of the stranger's own tells of the conversation or its participants. */
async function toldUnasked(context: OzekiContext, inside: readonly string[]): Promise<Finding[]> {
  const outsider = context.outsider();
  const findings: Finding[] = [];
  for (const action of ['list', 'friends', 'blocklist', 'notification'] as const) {
    await outsider[action]();
    findings.push(...toldFindings(context.last(), [context.conversation, ...inside]));
  }
  return findings;
}

requirement('OZ-COM-13', async (context) => {
  const { alice, step } = context;
  step('alice calls each allowed action with a wrong signature; a station that nobody has asks for notifications');
  const inside = await insideGroundTruth(context);
  const findings: Finding[] = [];
  for (const action of allowedActions(context).filter((name) => name !== 'notification')) {
    const exchange =
      action === 'login'
        ? await alice.attempt.login({ apikey: 'ffffffffffffffff' }, { intent: 'probe' })
        : await attemptLegal(context, alice, action, { tamper: { headers: { Signature: 'bm8gc2lnbmF0dXJl' } } });
    findings.push(...toldFindings(exchange, inside));
  }
  const unknown = await alice.attempt.notification(
    {},
    { tamper: { headers: { Station: '00000000000000000000000000000000' } } },
  );
  findings.push(...dataFindings(unknown, 'Notification for an unknown station'));
  for (const outsider of hasOutsider(context)) {
    for (const action of [...readsConversation, ...changesConversation].filter((name) =>
      context.may(ozekiActions[name].level),
    )) {
      const exchange = await attemptLegal(context, outsider, action);
      const words = `${action} by a user who takes no part in the conversation`;
      findings.push(...refusedInOrder(exchange, words), ...toldFindings(exchange, inside));
    }
  }
  return findings;
});

function hasOutsider(context: OzekiContext): OzekiUser[] {
  try {
    return [context.outsider()];
  } catch {
    return [];
  }
}

const badConversations: readonly [string, Record<string, unknown>][] = [
  ['without conversationid', { conversationid: undefined }],
  ['with an unknown conversationid', { conversationid: '00000000000000000000000000000000' }],
  ['with a number for conversationid', { conversationid: 42 }],
  ['with an object for conversationid', { conversationid: { $ne: '' } }],
];

/** Each member of a legal call, one at a time, left out and with a value of another JSON type. */
function wrongMembers(members: Record<string, unknown>): [string, Record<string, unknown>][] {
  return Object.entries(members).flatMap(([member, value]) => {
    const wrong = [undefined, ...(typeof value === 'string' ? [42, { $ne: '' }] : ['text'])];
    return wrong.map((other): [string, Record<string, unknown>] => [
      other === undefined ? `without ${member}` : `with ${JSON.stringify(other)} for ${member}`,
      { [member]: other },
    ]);
  });
}

const badBodies: readonly [string, (text: string) => { text?: string; method?: string }][] = [
  ['an unknown action', (text) => ({ text: text.replace(/"action":"[^"]*"/, '"action":"conformance-unknown"') })],
  ['malformed JSON', (text) => ({ text: text.slice(0, -1) })],
  ['an empty body', () => ({ text: '' })],
  ['an array for a body', (text) => ({ text: `[${text}]` })],
  ['null for a body', () => ({ text: 'null' })],
  ['a number for action', (text) => ({ text: text.replace(/"action":"[^"]*"/, '"action":42') })],
  ['GET instead of POST', () => ({ method: 'GET' })],
];

/** Puts a plain value in place of a wrong one that was served, so that later answers do not hold it. */
async function putPlain(context: OzekiContext, action: OzekiActionName): Promise<void> {
  const { alice, conversation: conversationid } = context;
  if (action === 'setlistitembackgroundcolor')
    await alice.attempt.setlistitembackgroundcolor({ conversationid, color: '#ffffff' }, { intent: 'probe' });
  if (action === 'hide') await alice.attempt.unhide({ conversationid }, { intent: 'probe' });
}

/** A server may store what is no message, so this is for conversations that are cleared afterwards. */
async function badUploadFindings(context: OzekiContext): Promise<Finding[]> {
  const whole = newMessage();
  const findings: Finding[] = [];
  for (const [words, message] of [
    ['null', null],
    ['an array', [whole]],
    ['no member', {}],
    ['a number for ID', { ...whole, ID: 42 }],
    ['a Created that is no date', { ...whole, Created: 'yesterday' }],
    ['no Data', { ...whole, Data: undefined }],
  ] as const) {
    context.step(`alice adds a message with ${words}`);
    const exchange = await attemptLegal(context, context.alice, 'add', {}, { message: JSON.stringify(message) });
    findings.push(...refusedInOrder(exchange, `add of a message with ${words}`, { mayServe: true }));
  }
  return findings;
}

requirement('OZ-COM-14', async (context) => {
  const { alice, step } = context;
  const findings: Finding[] = [];
  const services = new Map(allowedActions(context).map((action) => [ozekiActions[action].api, action]));
  for (const action of services.values()) {
    for (const [words, change] of badBodies) {
      step(`alice sends ${words} to ${action}`);
      findings.push(
        ...refusedInOrder(
          await attemptLegal(context, alice, action, {
            tamper: change(`{"action":"${ozekiActions[action].action}","clientversioncode":3}`),
          }),
          `${words} (${action})`,
        ),
      );
    }
  }
  for (const action of [...readsConversation, ...changesConversation].filter((name) =>
    context.may(ozekiActions[name].level),
  )) {
    for (const [words, changes] of badConversations) {
      step(`alice calls ${action} ${words}`);
      findings.push(...refusedInOrder(await attemptLegal(context, alice, action, {}, changes), `${action} ${words}`));
    }
  }
  for (const action of allowedActions(context)) {
    for (const [words, changes] of wrongMembers(legalMembers(context, alice, action))) {
      step(`alice calls ${action} ${words}`);
      const exchange = await attemptLegal(context, alice, action, {}, changes);
      // A member that the server does not read may have any type.
      findings.push(...refusedInOrder(exchange, `${action} ${words}`, { mayServe: true }));
      if (ozekiOutcome(exchange) === 'served') await putPlain(context, action);
    }
  }
  if (context.may('write')) {
    const noJson = await attemptLegal(context, alice, 'add', {}, { message: 'no JSON' });
    findings.push(...refusedInOrder(noJson, 'add with a message that is no JSON'));
    for (const [words, messageids] of [
      ['an unknown message id', [newMessage().ID]],
      ['no message id', []],
    ] as const) {
      const exchange = await attemptLegal(context, alice, 'viewed', {}, { messageids });
      findings.push(...refusedInOrder(exchange, `viewed with ${words}`, { mayServe: true }));
    }
    step('alice adds a message with 1 MiB of Data');
    const large = newMessage({ Data: 'x'.repeat(1_048_576) });
    const exchange = await alice.attempt.add(addMembers(context, large), { intent: 'probe' });
    findings.push(...refusedInOrder(exchange, 'a message with 1 MiB of Data', { mayServe: true }));
    if (ozekiOutcome(exchange) === 'served') {
      const { messages } = await downloadFrom(context, alice, large);
      const stored = messages.find(({ ID }) => ID === large.ID);
      findings.push(...unchanged(stored?.Data, large.Data, 'the Data of a message of 1 MiB that was not refused'));
    }
    if (context.may('destroy')) findings.push(...(await badUploadFindings(context)));
    await clearAway(context);
  }
  step('alice lists her conversations: the server still answers');
  const still = await alice.attempt.list({});
  return [
    ...findings,
    ...equal(ozekiOutcome(still), 'served', 'after bad input the server does not serve List any more'),
  ];
});

requirement('OZ-CONV-9', async (context) => {
  const { alice } = context;
  for (const action of allowedActions(context).filter((name) => ozekiActions[name].answersConversation)) {
    await attemptLegal(context, alice, action, { intent: 'call' });
  }
  // One after the other on two conversations: an answer must not stick to the first.
  const { conversations } = await alice.list();
  const other = conversations.find(({ id }) => id !== context.conversation)?.id;
  if (other === undefined) return;
  for (const conversationid of [context.conversation, other, context.conversation])
    await alice.favorite({ conversationid });
});
