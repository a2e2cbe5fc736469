import type { Exchange } from '../../../src/exchange/index.js';
import type { Call } from '../../../src/explore/model.js';
import { recently } from '../../../src/explore/values.js';
import { firstPartialCursor, formatTimestamp, type PartialCursor } from '../../../src/rules/index.js';
import { mayRefuse } from './advance.js';
import type { Add, AddAgain, Command, Download, Page, SetFlag, Stray, View, WalkBack } from './commands.js';
import { createdOf, validUntil } from './dates.js';
import {
  certain,
  impostor,
  isBackDated,
  type Message,
  messageId,
  otherThan,
  type State,
  secondOf,
  type Upload,
  userOf,
} from './state.js';

/** More pages than these no walk of a sequence needs. */
const mostPages = 80;

/** The next call of a command; `undefined` where it is done or has nothing to be about. */
export function next(state: State, command: Command, made: readonly Exchange[], turn: number): Call | undefined {
  if (command.do === 'walk') return walked(state, command, made, turn);
  if (made.length > 0) return undefined;
  switch (command.do) {
    case 'add':
      return added(state, command, turn);
    case 'again':
      return addedAgain(state, command);
    case 'flag':
      return flagged(state, command);
    case 'clear':
      return { actor: command.by, action: 'clear', members: place(state) };
    case 'viewed':
      return viewed(state, command);
    case 'page':
      return paged(state, command);
    case 'download':
      return downloaded(state, command);
    case 'stray':
      return strayed(state, command, turn);
    default:
      return at(state, command.by, command.from, { action: command.do, members: {} });
  }
}

/** A Clear at the same time outdates the instance that a call names, and takes the messages. */
export function beside(call: Call, others: readonly Call[]): Call {
  const { instance, hideid } = call.members;
  const isOutdated = (instance ?? hideid) !== undefined && others.some(({ action }) => action === 'clear');
  return isOutdated ? { ...call, probe: true } : call;
}

const place = ({ conversation, instance }: State) => ({ conversationid: conversation, instance });

/** A call from one of the actor's stations. The second is there once it has logged in, and may be refused even so. */
function at(
  { stations }: State,
  actor: string,
  from: 'own' | 'second',
  call: Pick<Call, 'action' | 'members' | 'probe'>,
): Call | undefined {
  if (from === 'own') return { actor, ...call };
  const station = secondOf(actor);
  const isIn = stations[station] !== undefined;
  if (!isIn && call.action !== 'login') return undefined;
  return { actor, ...call, at: station, probe: true };
}

function added(state: State, { by, from, data, type, gap, since, valid, id }: Add, turn: number): Call | undefined {
  const { ms, isPast } = createdOf(state, since, gap);
  const ID = id === 'gone' ? goneId(state, isPast) : messageId(state.nonce, turn, isPast, id === 'capitals');
  if (ID === undefined) return undefined;
  const upload: Upload = {
    ID,
    Type: type,
    Created: formatTimestamp(ms),
    ValidUntil: validUntil(ms, valid),
    Data: data,
  };
  const members = { ...place(state), message: JSON.stringify(upload) };
  const isOpen = mayRefuse(upload) || state.gone.includes(upload.ID);
  return at(state, by, from, { action: 'add', members, ...(isOpen && { probe: true }) });
}

/** The ID of a message that was cleared. It says whether the date is of the past; of one that is there, no page says what it does. */
function goneId({ gone, messages }: State, isPast: boolean): string | undefined {
  return gone.findLast((id) => isBackDated(id) === isPast && !messages.some(({ ID }) => ID === id));
}

function addedAgain(state: State, { by: actor, back }: AddAgain): Call | undefined {
  const message = recently(
    state.messages.filter((each) => each.actor === actor && !each.optional),
    back,
  );
  if (message === undefined) return undefined;
  const { ID, Type, Created, ValidUntil, Data } = message;
  const members = { ...place(state), message: JSON.stringify({ ID, Type, Created, ValidUntil, Data }) };
  return { actor, action: 'add', members, probe: true };
}

function flagged(state: State, { by, from, action, color, elsewhere }: SetFlag): Call | undefined {
  const { conversation, instance } = state;
  const conversationid = elsewhere ? elsewhereOf(state, by) : conversation;
  if (conversationid === undefined) return undefined;
  const own = {
    ...(action === 'hide' && { hideid: `${instance};` }),
    ...(action === 'setlistitembackgroundcolor' && { color }),
  };
  // What may be done to a conversation with other people, such as a bot, no page says.
  return at(state, by, from, { action, members: { conversationid, ...own }, ...(elsewhere && { probe: true }) });
}

/** Another conversation of a user. */
function elsewhereOf({ elsewhere }: State, actor: string): string | undefined {
  return Object.keys(elsewhere)
    .find((key) => userOf(key) === actor)
    ?.slice(actor.length + 1);
}

function viewed(state: State, { by: actor, back, count }: View): Call | undefined {
  const theirs = certain(state).filter((message) => message.actor === otherThan(actor));
  const last = recently(theirs, back);
  if (last === undefined) return undefined;
  const end = theirs.indexOf(last) + 1;
  const some = theirs.slice(Math.max(0, end - count), end);
  const members = {
    ...place(state),
    firstmessagedate: some[0]?.Created,
    lastmessagedate: last.Created,
    messageids: some.map(({ ID }) => ID),
  };
  return { actor, action: 'viewed', members };
}

function firstCursor({ firstPageCursor, startedAt, clockToleranceMs }: State): PartialCursor {
  // A minute and more ahead of every message of the sequence, however long it takes.
  return firstPartialCursor(firstPageCursor, startedAt + clockToleranceMs + 3_600_000, clockToleranceMs);
}

/** The reports that can be cursors: Download may show an ID and no more. */
function datedReports({ reports }: State) {
  return reports.flatMap(({ ID, Created }) => (typeof Created === 'string' ? [{ ID, Created }] : []));
}

function paged(state: State, { by: actor, limit, behind, reports, stale }: Page): Call | undefined {
  const message = behind === 'start' ? undefined : recently(state.messages, behind.back);
  if (behind !== 'start' && message === undefined) return undefined;
  const report = reports === 'start' ? undefined : recently(datedReports(state), reports.back);
  const cursor = {
    ...firstCursor(state),
    ...(message && { lastmessagedate: message.Created, lastmessageid: message.ID }),
    ...(report && { lastreportdate: report.Created, lastreportid: report.ID }),
  };
  const members = { ...place(state), ...cursor, limit };
  return outdated(state, stale, { actor, action: 'downloadpartial', members });
}

/** A call that names the instance from before the last Clear, where there was one. What it gets, no page says, but for what was cleared. */
function outdated({ oldInstance }: State, stale: boolean, call: Call): Call {
  if (!stale || oldInstance === undefined) return call;
  return { ...call, members: { ...call.members, instance: oldInstance }, probe: true };
}

function walked(state: State, command: WalkBack, made: readonly Exchange[], turn: number): Call | undefined {
  const { by: actor, limit, meanwhile } = command;
  if (meanwhile && made.length === 1) {
    const add: Add = {
      do: 'add',
      by: otherThan(actor),
      from: 'own',
      data: 'bWVhbndoaWxl',
      type: 'Message',
      gap: 0,
      since: 'lately',
      valid: 'week',
    };
    return added(state, add, turn);
  }
  const walk = state.walks[actor];
  const cursor = made.length === 0 ? firstCursor(state) : walk?.next;
  if (cursor === undefined || made.length >= mostPages) return undefined;
  return { actor, action: 'downloadpartial', members: { ...place(state), ...cursor, limit } };
}

function downloaded(state: State, { by: actor, since, reports, stale }: Download): Call | undefined {
  if (since === 'gone') {
    const id = state.gone.at(-1);
    if (id === undefined) return undefined;
    const date = formatTimestamp(state.startedAt - 3_600_000);
    return { actor, action: 'download', members: { ...place(state), ...firstOf(id, date) }, probe: true };
  }
  const message: Message | undefined = since === 'oldest' ? state.messages[0] : recently(state.messages, since.back);
  if (message === undefined) return undefined;
  const report = reports === 'all' ? undefined : recently(datedReports(state), reports.back);
  const members = {
    ...place(state),
    ...firstOf(message.ID, message.Created),
    ...(report && { firstreportdate: report.Created, firstreportid: report.ID }),
  };
  return outdated(state, stale, { actor, action: 'download', members, ...(message.optional && { probe: true }) });
}

const firstOf = (id: string, date: string) => ({
  firstmessagedate: date,
  firstmessageid: id,
  firstreportdate: date,
  firstreportid: '',
});

function strayed(state: State, { by, from, action, again }: Stray, turn: number): Call | undefined {
  const at = from === 'second' && by === impostor ? secondOf(by) : by;
  const isThere = at !== secondOf(impostor) || state.stations[secondOf('alice')] !== undefined;
  if (state.stationIds[at] === undefined || !isThere) return undefined;
  const now = formatTimestamp(state.startedAt);
  const known = again ? certain(state).at(-1) : undefined;
  const upload = {
    ID: known?.ID ?? messageId(state.nonce, turn, false),
    Type: 'Message',
    Created: now,
    ValidUntil: now,
    Data: 'b3V0c2lkZXI=',
  };
  const first = state.messages[0];
  const { conversation: conversationid, instance } = state;
  const members: Record<Stray['action'], Record<string, unknown> | undefined> = {
    list: {},
    blocklist: {},
    friends: {},
    downloadpartial: { ...place(state), ...firstCursor(state), limit: 50 },
    download: first && { ...place(state), ...firstOf(first.ID, first.Created) },
    add: { ...place(state), message: JSON.stringify(upload) },
    clear: place(state),
    mute: { conversationid },
    unmute: { conversationid },
    favorite: { conversationid },
    unfavorite: { conversationid },
    hide: { conversationid, hideid: `${instance};` },
    setlistitembackgroundcolor: { conversationid, color: '#0d0d0d' },
    unhide: { conversationid },
    viewed: first && {
      ...place(state),
      firstmessagedate: first.Created,
      lastmessagedate: first.Created,
      messageids: [first.ID],
    },
  };
  const own = members[action];
  if (own === undefined) return undefined;
  const isLegal = by !== impostor && action === 'list';
  return { actor: by, action, members: own, at, ...(!isLegal && { probe: true }) };
}
