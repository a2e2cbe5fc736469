import { endOfPage } from '../behaviour/messages.js';
import type { OzekiFault } from '../mischief.js';

export const pagingFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-page-edge',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-5',
    sentence: 'A page ends one message too early, so that one is lost at each page break.',
    behave: (base) => ({
      page(call, ordered, cursor, limit, kind) {
        const isLater = kind === 'messages' && cursor.id !== '';
        return base.page(
          call,
          isLater ? ordered.slice(0, endOfPage(ordered, cursor) - 1) : ordered,
          cursor,
          limit,
          kind,
        );
      },
    }),
  },
  {
    id: 'ozeki-page-ties-lost',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-6',
    sentence: 'The cursor is read by its date alone, so that messages of the second of a page break are lost.',
    behave: (base) => ({
      page(call, ordered, cursor, limit, kind) {
        if (kind === 'reports' || cursor.id === '' || cursor.date === undefined) {
          return base.page(call, ordered, cursor, limit, kind);
        }
        return base.page(call, ordered, { id: '', date: cursor.date - 1 }, limit, kind);
      },
    }),
  },
  {
    id: 'ozeki-page-repeats',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-5',
    sentence: 'The second page is the first page again.',
    behave: (base) => ({
      page(call, ordered, cursor, limit, kind) {
        const isSecond =
          kind === 'messages' && cursor.id !== '' && endOfPage(ordered, cursor) >= ordered.length - limit;
        return base.page(call, ordered, isSecond ? { id: '', date: undefined } : cursor, limit, kind);
      },
    }),
  },
  {
    id: 'ozeki-page-limit-seven',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-7',
    sentence: 'With limit 7, and no other, each full page lacks one message from its middle.',
    behave: (base) => ({
      page(call, ordered, cursor, limit, kind) {
        const page = base.page(call, ordered, cursor, limit, kind);
        return kind === 'messages' && limit === 7 && page.length === 7 ? page.filter((_, i) => i !== 3) : page;
      },
    }),
  },
  {
    id: 'ozeki-download-newest-first',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-1',
    sentence: 'Download gives the messages newest first.',
    behave: (base) => ({
      since: (call, ordered, cursor, kind) => base.since(call, ordered, cursor, kind).reverse(),
    }),
  },
];
