import { onSuccess, type RelationFault } from '../mutation.js';

/** Whether a bound is one of a page behind the first: clients begin ahead of the clock. */
const isLaterPage = (maxCreateAt: number) => maxCreateAt <= Date.now();

export const pagingFaults: readonly RelationFault[] = [
  {
    id: 'relation-list-oldest-first',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-2',
    sentence: 'Pages are sent oldest first.',
    behave: (base) => ({ page: (...args) => base.page(...args).reverse() }),
  },
  {
    id: 'relation-list-later-pages-reversed',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-2',
    sentence: 'The first page is sent newest first, later ones oldest first.',
    behave: (base) => ({
      page(call, ordered, maxCreateAt, limit) {
        const page = base.page(call, ordered, maxCreateAt, limit);
        return isLaterPage(maxCreateAt) ? page.reverse() : page;
      },
    }),
  },
  {
    id: 'relation-list-system-first',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-2',
    sentence: 'System messages stand at the top of a page.',
    answer: onSuccess((body) => {
      const data = body.data as { type: string }[];
      return {
        ...body,
        data: [...data.filter(({ type }) => type === 'SYS'), ...data.filter(({ type }) => type !== 'SYS')],
      };
    }),
  },
  {
    id: 'relation-limit-plus-one',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-5',
    sentence: 'A page holds one entry more than its limit.',
    behave: (base) => ({ readLimit: (call) => base.readLimit(call) + 1 }),
  },
  {
    id: 'relation-limit-ignored',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-5',
    sentence: 'Every page holds twenty entries, whatever the limit.',
    behave: (base) => ({ readLimit: (call) => Math.min(20, base.readLimit(call) + 20) }),
  },
  {
    id: 'relation-limit-at-least-five',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-5',
    sentence: 'Pages of fewer than five entries are not made.',
    behave: (base) => ({ readLimit: (call) => Math.max(5, base.readLimit(call)) }),
  },
  {
    id: 'relation-limit-ignored-over-thirty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-5',
    sentence: 'A limit over thirty is taken for none at all.',
    behave: (base) => ({
      readLimit(call) {
        const limit = base.readLimit(call);
        return limit > 30 ? base.largestPage(call) : limit;
      },
    }),
  },
  {
    id: 'relation-max-ignored',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-6',
    sentence: 'maxCreateAt is not looked at: every page is the newest.',
    behave: () => ({ isWithin: () => true }),
  },
  {
    id: 'relation-max-in-seconds',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-6',
    sentence: 'maxCreateAt is taken for seconds, so that every message lies before it.',
    behave: (base) => ({ isWithin: (call, message, bound) => base.isWithin(call, message, bound * 1000) }),
  },
  {
    id: 'relation-max-by-the-minute',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-6',
    sentence: 'maxCreateAt is rounded up to the minute.',
    behave: (base) => ({
      isWithin: (call, message, bound) => base.isWithin(call, message, Math.ceil(bound / 60_000) * 60_000),
    }),
  },
  {
    id: 'relation-max-a-second-more',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-6',
    sentence: 'Messages of the second behind maxCreateAt are included.',
    behave: (base) => ({ isWithin: (call, message, bound) => base.isWithin(call, message, bound + 999) }),
  },
  {
    id: 'relation-max-exclusive',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-6-SHOULD',
    sentence: 'A message exactly at maxCreateAt is left out, though createAt has whole seconds.',
    behave: (base) => ({ isWithin: (call, message, bound) => base.isWithin(call, message, bound - 1) }),
  },
  {
    id: 'relation-max-uncut',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-6-SHOULD',
    sentence:
      'maxCreateAt is compared with the time of arrival to the millisecond, while createAt shows whole seconds.',
    behave: () => ({ isWithin: (_call, { arrivedAt }, bound) => arrivedAt <= bound }),
  },
  {
    id: 'relation-page-edge',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Each page behind the first leaves out its newest entry, taking it for a repeat.',
    behave: (base) => ({
      page: (call, ordered, maxCreateAt, limit) =>
        isLaterPage(maxCreateAt)
          ? base.page(call, ordered, maxCreateAt, limit + 1).slice(1)
          : base.page(call, ordered, maxCreateAt, limit),
    }),
  },
  {
    id: 'relation-page-edge-two',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Each page behind the first leaves out its two newest entries.',
    behave: (base) => ({
      page: (call, ordered, maxCreateAt, limit) =>
        isLaterPage(maxCreateAt)
          ? base.page(call, ordered, maxCreateAt, limit + 2).slice(2)
          : base.page(call, ordered, maxCreateAt, limit),
    }),
  },
  {
    id: 'relation-page-ties-lost',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Of the messages at maxCreateAt only one is given.',
    behave: (base) => ({
      page(call, ordered, maxCreateAt, limit) {
        const atBound = ordered.filter(({ createAt }) => createAt === maxCreateAt).slice(1);
        return base.page(
          call,
          ordered.filter((message) => !atBound.includes(message)),
          maxCreateAt,
          limit,
        );
      },
    }),
  },
  {
    id: 'relation-page-one-a-second',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Messages are kept by their createAt, so that List gives only one of each second.',
    behave: (base) => ({
      order: (call, messages) => [
        ...new Map(base.order(call, messages).map((message) => [message.createAt, message])).values(),
      ],
    }),
  },
  {
    id: 'relation-limit-ten-broken',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'With limit 10, and no other, each full page leaves out an entry of its middle.',
    behave: (base) => ({
      page(call, ordered, maxCreateAt, limit) {
        if (limit !== 10) return base.page(call, ordered, maxCreateAt, limit);
        return base.page(call, ordered, maxCreateAt, 11).filter((_, i, page) => page.length < 11 || i !== 4);
      },
    }),
  },
  {
    id: 'relation-limit-one-stuck',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'With limit 1 or 2 every page is the first page.',
    behave: (base) => ({
      page: (call, ordered, maxCreateAt, limit) =>
        limit < 3 ? ordered.slice(0, limit) : base.page(call, ordered, maxCreateAt, limit),
    }),
  },
  {
    id: 'relation-limit-capped-at-twenty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'No page holds more than twenty entries, though more follow.',
    behave: () => ({ largestPage: () => 20 }),
  },
  {
    id: 'relation-second-page-short',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Pages behind the first hold one entry fewer than their limit.',
    behave: (base) => ({
      page: (call, ordered, maxCreateAt, limit) =>
        base.page(call, ordered, maxCreateAt, isLaterPage(maxCreateAt) && limit > 2 ? limit - 1 : limit),
    }),
  },
  {
    id: 'relation-hidden-cut-late',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Hidden messages are taken out after the page was cut, so that it is short before the end.',
    behave: (base) => ({
      messagesOf: (_call, channel) => channel.messages,
      page: (call, ordered, maxCreateAt, limit) =>
        base
          .page(call, ordered, maxCreateAt, limit)
          .filter(({ hiddenBy }) => !hiddenBy.has(call.caller?.relationId ?? '')),
    }),
  },
  {
    id: 'relation-oldest-lost',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'The oldest message comes on no page but one with room for all messages.',
    behave: (base) => ({
      page(call, ordered, maxCreateAt, limit) {
        const page = base.page(call, ordered, maxCreateAt, limit);
        return page.length < ordered.length ? page.filter((message) => message !== ordered.at(-1)) : page;
      },
    }),
  },
  {
    id: 'relation-walk-ends-at-forty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Walking back with a limit under fifty ends after forty messages.',
    behave: (base) => ({
      page: (call, ordered, maxCreateAt, limit) =>
        base.page(call, limit < 50 ? ordered.slice(0, 40) : ordered, maxCreateAt, limit),
    }),
  },
  {
    id: 'relation-peer-misses-fourth',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Every fourth message that somebody else sent is shown to its sender alone.',
    behave: (base) => ({
      messagesOf: (call, channel, user) =>
        base
          .messagesOf(call, channel, user)
          .filter(({ from, arrival }) => from === user.relationId || arrival % 4 !== 0),
    }),
  },
  {
    id: 'relation-last-hundred',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'No more than the last hundred messages of a channel are kept.',
    behave: (base) => ({ messagesOf: (call, channel, user) => base.messagesOf(call, channel, user).slice(-100) }),
  },
  {
    id: 'relation-first-lost',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'The channel is empty at the start, and its first message never comes.',
    behave: (base) => ({
      history: () => 0,
      messagesOf: (call, channel, user) =>
        base.messagesOf(call, channel, user).filter((message) => message !== channel.messages[0]),
    }),
  },
];
