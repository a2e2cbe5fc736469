import type { Exchange, Violation } from '../../src/exchange/index.js';
import { idsOf, type RecordingRules } from '../../src/recording/api.js';
import { headerOf } from '../../src/recording/message.js';
import { parseTimestamp, userIdOf } from '../../src/rules/index.js';
import { dataIn, type OzekiHeader, ozekiActionNames, ozekiActions, ozekiOutcome, uploadedMessage } from './actions.js';
import { recogniseOzeki } from './recognise.js';
import { ozekiSequences } from './sequences/index.js';

/** How traffic of Ozeki clients is judged. */
export const ozekiRecording: RecordingRules = {
  recognise: recogniseOzeki,
  sequences: ozekiSequences,
  decidable: [
    ...idsOf('OZ-COM', '1 2 3 4 5 6 7 8 9 11 13'),
    ...idsOf('OZ-LOGIN', '1 2 2-SHOULD 3 4 5 6 8'),
    ...idsOf('OZ-FRIEND', '1 2 2-SHOULD 3'),
    ...idsOf('OZ-CONV', '1 2 3 4 5 6 8 9 11'),
    ...idsOf('OZ-ADD', '1 2 3 4 5'),
    ...idsOf('OZ-PAGE', '1 1-SHOULD 2 3 4 4-SHOULD 5 6 9 10'),
    ...idsOf('OZ-DOWN', '1 2 3'),
    ...idsOf('OZ-CLEAR', '1 2'),
    ...idsOf('OZ-FLAG-1', 'FAVORITE UNFAVORITE COLOR MUTE UNMUTE HIDE UNHIDE'),
    ...idsOf('OZ', 'REPORT-1 REPORT-3 NOTIF-1 WORK-1'),
  ],
  undecidable: {
    withoutTimes: ['OZ-COM-8'],
    withoutCredentials: idsOf('OZ-LOGIN', '2 2-SHOULD 8'),
    withoutHeaders: ['OZ-COM-1'],
  },
  access: {
    rules: [
      ...(['Signature', 'Station', 'User'] as const).map((header) => ({
        requirement: 'OZ-COM-11',
        actions: ozekiActionNames.filter((name) =>
          (ozekiActions[name].headers as readonly OzekiHeader[]).includes(header),
        ),
        place: 'headers' as const,
        names: [`ozeki-${header.toLowerCase()}`],
      })),
      { requirement: 'OZ-LOGIN-6', actions: ['login'], place: 'body', names: ['apikey'] },
    ],
    letsIn: (exchange) =>
      ozekiOutcome(exchange) === 'served' || dataIn(exchange.action, exchange.response.json).length > 0,
  },
  uploads: {
    shownAs: { color: 'listitembackgroundcolor' },
    objects: {
      undocumented({ action, request }, misses) {
        const isOdd = action === 'add' && misses.some(({ path }) => path.startsWith('/message'));
        const id = isOdd ? uploadedMessage(request.json)?.ID : undefined;
        return typeof id === 'string' ? id : undefined;
      },
      shownAt: /^\/(?:messages\/\d+|message)(?=\/|$)/,
      id: 'ID',
    },
  },
  accountOf,
  requestViolations,
};

/** By the user id of the documented rule. */
function accountOf({ action, request, response }: Exchange, emails: readonly string[]): string | undefined {
  const id =
    action === 'login'
      ? (response.json as { userid?: unknown } | null | undefined)?.userid
      : headerOf(request.headers, 'ozeki-user');
  if (typeof id !== 'string') return undefined;
  return emails.find((email) => userIdOf(email) === id.toLowerCase());
}

/** What no schema can say of the message that an Add uploads. */
function requestViolations(action: string, body: unknown): Violation[] {
  if (action !== 'add') return [];
  const { Created, ValidUntil } = uploadedMessage(body) ?? {};
  const [from, to] = [parseTimestamp(Created), parseTimestamp(ValidUntil)];
  if (from === undefined || to === undefined || to >= from) return [];
  return [{ path: '/message/ValidUntil', expected: `not before ${Created}`, found: `${ValidUntil}` }];
}
