/** Public clients, as they talk: what they need of answers they get, and their traffic blames a sound server of nothing. */

import { serveStub, stubTarget } from '../../apis/stub.js';
import type { ServedStub, Serving, StubOptions } from '../../src/stub/index.js';
import { judged } from '../recording/traffic.js';
import { expect, test } from '../test.js';
import { type Answered, clientOf, play } from './clients.js';
import type { Event } from './genesys-caller.js';
import type { Entry } from './relation-caller.js';

const tenant = 'Environment';

async function at<Result>(
  options: StubOptions & Serving,
  use: (served: ServedStub) => Promise<Result>,
): Promise<Result> {
  const served = await serveStub(options);
  try {
    return await use(served);
  } finally {
    await served.close();
  }
}

/** The answers of the steps of a name. */
const of = (answers: readonly Answered[], step: string) =>
  answers.filter((one) => one.step === step).map(({ body }) => body as Record<string, unknown>);
const eventsOf = (body: Record<string, unknown> | undefined) => body?.messages as Event[];

test('a chat widget in a page of another origin opens a chat, follows it, and leaves', async () => {
  await at({}, async ({ url }) => {
    const { answers, recorded, kept } = await play(clientOf('chat-widget'), url, { tenant });
    const [first, second] = of(answers, 'poll');
    const seen = [...eventsOf(first), ...eventsOf(second)];
    // It shows each event as it comes, by its number: none may come twice, none be left out.
    expect(seen.map(({ index }) => index)).toEqual(seen.map((_, place) => place + 1));
    expect(kept.position).toBe(seen.length + 1);
    expect(seen.map(({ from, type, text }) => [from.type, type, text])).toEqual(
      expect.arrayContaining([
        ['Client', 'ParticipantJoined', undefined],
        ['Client', 'TypingStarted', undefined],
        ['Client', 'TypingStopped', undefined],
        ['Client', 'Message', 'Où est ma commande ?'],
        ['External', 'ParticipantJoined', undefined],
      ]),
    );
    for (const { from } of seen) expect(Number.parseInt(String(from.participantId), 10)).not.toBeNaN();
    expect(of(answers, 'poll past the end')[0]).toMatchObject({ messages: [], chatEnded: false });
    expect(of(answers, 'leave')[0]).toEqual({ statusCode: 0 });
    expect(judged(recorded)).toMatchObject({ missed: [], traffic: { judged: recorded.length } });
  });
});

test('the widget as it is, without the tenantName of the contract, is refused as a server may', async () => {
  const client = clientOf('chat-widget');
  const steps = client.steps.map((step) => ({ ...step, body: { ...step.body, tenantName: undefined } }));
  await at({}, async ({ url }) => {
    await expect(play({ ...client, steps }, url, { tenant })).rejects.toThrow(
      'start: the client gives up at {"statusCode":2}',
    );
  });
});

test('with cors off a browser keeps the answers from the widget, and asks for nothing more', async () => {
  await at({ cors: false }, async ({ url, stub }) => {
    await expect(play(clientOf('chat-widget'), url, { tenant })).rejects.toThrow(/question ahead|blocked/);
    // The question ahead, and no more.
    expect(stub.sent()).toEqual({ 'genesys/requestchat': 1 });
  });
});

test('a page that names nobody and reads all each time sees its chat grow', async () => {
  await at({}, async ({ url }) => {
    const { answers, recorded } = await play(clientOf('service-page'), url, { tenant });
    const [before, after] = [of(answers, 'first read')[0], of(answers, 'pull')[0]];
    expect(before).toMatchObject({ chatEnded: false });
    expect(eventsOf(after).slice(0, eventsOf(before).length)).toEqual(eventsOf(before));
    expect(eventsOf(after).filter(({ from, type }) => from.type === 'Client' && type === 'Message')).toMatchObject([
      { text: 'my decoder<br/>shows E48' },
    ]);
    expect(judged(recorded)).toMatchObject({ missed: [], traffic: { judged: recorded.length } });
  });
});

/** The wallet on two phones, and what it was told of its people. */
async function wallet({ url }: ServedStub) {
  const { relation } = stubTarget({ url });
  if (relation === undefined) throw new Error('the stub has no people');
  const { apiKey, channelUuid, member, peer } = relation;
  const known = { apiKey, channelUuid, member: member.relationId, peer: peer.relationId };
  const people = { member: { token: member.token }, peer: { token: peer.token } };
  return { ...(await play(clientOf('wallet'), url, known, people)), ...known };
}
const entriesOf = (answers: readonly Answered[], step: string) => of(answers, step)[0]?.data as Entry[];
const unreadOf = (answers: readonly Answered[], step: string) =>
  (of(answers, step)[0]?.data as { unreadCount: number } | undefined)?.unreadCount;

test('a wallet of React Native lists, reads, counts, sends and takes back in a channel', async () => {
  await at({}, async (served) => {
    const { answers, recorded, kept, member } = await wallet(served);
    // The number on its icon, over all its channels: less when one is read, one more with the peer's message.
    const counts = ['count', 'count when read', "count the peer's"].map(
      (step) => unreadOf(answers, step) ?? Number.NaN,
    );
    const [before = 0, read = 0, again] = counts;
    expect(read).toBeLessThanOrEqual(before);
    expect(again).toBe(read + 1);
    const shown = entriesOf(answers, 'open again');
    // It finds what it sent by the sendUuid that it made, and takes times for numbers.
    expect(shown.find(({ id }) => id === kept.ownId)).toMatchObject({
      from: member,
      type: 'IMAGE',
      content: expect.stringContaining('p5(Text):640'),
      sendUuid: expect.stringContaining(`${member}-`),
    });
    expect(shown.find(({ id }) => id === kept.peersId)).toMatchObject({ type: 'TEXT', content: 'gm ☀️' });
    for (const { createAt } of shown) expect(Number(createAt)).toBeGreaterThan(0);
    expect(entriesOf(answers, 'open the last time').map(({ id }) => id)).not.toContain(kept.ownId);
    const { missed, traffic } = judged(recorded);
    expect(missed).toEqual([]);
    expect(traffic).toMatchObject({ judged: recorded.length - 1, unknown: 1 });
  });
});

test('the wallet writes to a person by toRelationId alone, and goes on in the channel that it is answered', async () => {
  await at({}, async (served) => {
    const { answers, kept, channelUuid, member, peer } = await wallet(served);
    expect(kept.directUuid).not.toBe(channelUuid);
    expect(entriesOf(answers, 'the peer opens')[0]).toMatchObject({
      id: kept.directId,
      channelUuid: kept.directUuid,
      from: member,
      content: 'sent you 3 ELF',
    });
    expect(of(answers, 'the peer reads')[0]).toMatchObject({ data: 1 });
    const both = entriesOf(answers, "open the person's").slice(0, 2);
    expect(both.map(({ from, content }) => [from, content])).toEqual([
      [peer, 'ty'],
      [member, 'sent you 3 ELF'],
    ]);
  });
});

test('the wallet pages as a server needs that lists oldest first, which is missed by that name', async () => {
  const stays = await at({}, wallet);
  const [opened, back] = [entriesOf(stays.answers, 'open again'), entriesOf(stays.answers, 'go back')];
  // Behind the newest comes the newest again: the page that it holds.
  expect(back[0]?.id).toBe(opened[0]?.id);

  const { recorded } = await at({ faults: ['relation-list-oldest-first'] }, wallet);
  const { missed, of: rowOf } = judged(recorded);
  expect(missed).toContain('RE-LIST-2');
  expect(JSON.stringify(rowOf('RE-LIST-2').findings)).toContain('oldest first');
});
