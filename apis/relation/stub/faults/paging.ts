import { change } from '../../../../src/stub/operators.js';
import type { Message } from '../model.js';
import { faultsOf, instead, type RelationBehave, row } from '../rows.js';

/** What a page of List is asked for, with the means of an ordinary server. */
interface Asked {
  /** Newest first. */
  ordered: readonly Message[];
  maxCreateAt: number;
  limit: number;
  /** Whether it lies behind the first page: clients begin ahead of the clock. */
  isLater: boolean;
  /** The page that an ordinary server would give, of that limit or of another one, out of these messages or others. */
  usual(limit?: number, ordered?: readonly Message[]): Message[];
}

export const pagingFaults = faultsOf({
  'RE-LIST-2': {
    'list-oldest-first': row('Pages are sent oldest first.').by(pages(({ usual }) => usual().reverse())),
    'list-later-pages-reversed': row('The first page is sent newest first, later ones oldest first.').by(
      pages(({ isLater, usual }) => (isLater ? usual().reverse() : usual())),
    ),
    'list-system-first': row('System messages stand at the top of a page.').by(
      change('/data', (entries: { type: string }[]) =>
        entries.toSorted((a, b) => Number(b.type === 'SYS') - Number(a.type === 'SYS')),
      ),
    ),
  },
  'RE-LIST-5': {
    'limit-plus-one': row('A page holds one entry more than its limit.').by(
      instead('readLimit', (usual) => usual() + 1),
    ),
    'limit-ignored': row('Every page holds twenty entries, whatever the limit.').by(
      instead('readLimit', (usual) => Math.min(20, usual() + 20)),
    ),
    'limit-at-least-five': row('Pages of fewer than five entries are not made.').by(
      instead('readLimit', (usual) => Math.max(5, usual())),
    ),
    'limit-ignored-over-thirty': row('A limit over thirty is taken for none at all.').by(
      instead('readLimit', (usual, call) => (usual() > 30 ? call.behaviour.largestPage(call) : usual())),
    ),
  },
  'RE-LIST-6': {
    'max-ignored': row('maxCreateAt is not looked at: every page is the newest.').by(
      bounded(() => Number.POSITIVE_INFINITY),
    ),
    'max-before-all-ignored': row('A maxCreateAt before the first message is taken for none.').by(
      pages(({ ordered, limit, usual }) => (usual().length === 0 ? ordered.slice(0, limit) : usual())),
    ),
    'max-in-seconds': row('maxCreateAt is taken for seconds, so that every message lies before it.').by(
      bounded((bound) => bound * 1000),
    ),
    'max-by-the-minute': row('maxCreateAt is rounded up to the minute.').by(
      bounded((bound) => Math.ceil(bound / 60_000) * 60_000),
    ),
    'max-a-second-more': row('Messages of the second behind maxCreateAt are included.').by(
      bounded((bound) => bound + 999),
    ),
  },
  'RE-LIST-6-SHOULD': {
    'max-exclusive': row('A message exactly at maxCreateAt is left out, though createAt has whole seconds.').by(
      bounded((bound) => bound - 1),
    ),
    'max-uncut': row(
      'maxCreateAt is compared with the time of arrival to the millisecond, while createAt shows whole seconds.',
    ).by(instead('isWithin', (_usual, _call, { arrivedAt }, bound) => arrivedAt <= bound)),
  },
  'RE-LIST-8': {
    'page-edge': row('Each page behind the first leaves out its newest entry, taking it for a repeat.').by(
      pages(({ limit, isLater, usual }) => (isLater ? usual(limit + 1).slice(1) : usual())),
    ),
    'page-edge-two': row('Each page behind the first leaves out its two newest entries.').by(
      pages(({ limit, isLater, usual }) => (isLater ? usual(limit + 2).slice(2) : usual())),
    ),
    'page-ties-lost': row('Of the messages at maxCreateAt only one is given.').by(
      pages(({ ordered, maxCreateAt, limit, usual }) => {
        const others = ordered.filter(({ createAt }) => createAt === maxCreateAt).slice(1);
        return usual(
          limit,
          ordered.filter((message) => !others.includes(message)),
        );
      }),
    ),
    'page-one-a-second': row('Messages are kept by their createAt, so that List gives only one of each second.').by(
      instead('order', (usual) => [...new Map(usual().map((message) => [message.createAt, message])).values()]),
    ),
    'limit-ten-broken': row('With limit 10, and no other, each full page leaves out an entry of its middle.').by(
      pages(({ limit, usual }) => {
        if (limit !== 10) return usual();
        return usual(11).filter((_, i, page) => page.length < 11 || i !== 4);
      }),
    ),
    'limit-one-stuck': row('With limit 1 or 2 every page is the first page.').by(
      pages(({ ordered, limit, usual }) => (limit < 3 ? ordered.slice(0, limit) : usual())),
    ),
    'limit-capped-at-twenty': row('No page holds more than twenty entries, though more follow.').by(
      instead('largestPage', () => 20),
    ),
    'second-page-short': row('Pages behind the first hold one entry fewer than their limit.').by(
      pages(({ limit, isLater, usual }) => usual(isLater && limit > 2 ? limit - 1 : limit)),
    ),
    'hidden-cut-late': row(
      'Hidden messages are taken out after the page was cut, so that it is short before the end.',
    ).by((base) => ({
      messagesOf: (_call, channel) => channel.messages,
      page: (call, ...asked) =>
        base.page(call, ...asked).filter(({ hiddenBy }) => !hiddenBy.has(call.caller?.relationId ?? '')),
    })),
    'oldest-lost': row('The oldest message comes on no page but one with room for all messages.').by(
      pages(({ ordered, usual }) => {
        const page = usual();
        return page.length < ordered.length ? page.filter((message) => message !== ordered.at(-1)) : page;
      }),
    ),
    'walk-ends-at-forty': row('Walking back with a limit under fifty ends after forty messages.').by(
      pages(({ ordered, limit, usual }) => usual(limit, limit < 50 ? ordered.slice(0, 40) : ordered)),
    ),
    'peer-misses-fourth': row('Every fourth message that somebody else sent is shown to its sender alone.').by(
      instead('messagesOf', (usual, _call, _channel, user) =>
        usual().filter(({ from, arrival }) => from === user.relationId || arrival % 4 !== 0),
      ),
    ),
    'last-hundred': row('No more than the last hundred messages of a channel are kept.').by(
      instead('messagesOf', (usual) => usual().slice(-100)),
    ),
    'first-lost': row('The channel is empty at the start, and its first message never comes.').by((base) => ({
      history: () => 0,
      messagesOf: (call, channel, user) =>
        base.messagesOf(call, channel, user).filter((message) => message !== channel.messages[0]),
    })),
  },
});

/** Other pages of List. */
function pages(give: (asked: Asked) => Message[]): RelationBehave {
  return instead('page', (usual, call, ordered, maxCreateAt, limit) =>
    give({
      ordered,
      maxCreateAt,
      limit,
      isLater: maxCreateAt <= call.behaviour.now(call),
      usual: (size = limit, messages = ordered) => usual(call, messages, maxCreateAt, size),
    }),
  );
}

/** Another maxCreateAt than was given. */
function bounded(change: (bound: number) => number): RelationBehave {
  return instead('isWithin', (usual, call, message, bound) => usual(call, message, change(bound)));
}
