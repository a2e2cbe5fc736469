import type { Exchange } from '../../../src/exchange/index.js';
import { isOdd } from '../../../src/explore/values.js';
import { arrayOf, objectOf, objectsOf, stringsOf } from '../../../src/passive/json.js';
import { parseTimestamp } from '../../../src/rules/index.js';
import { type FlagAction, flagActions, type OzekiActionName, ozekiOutcome, uploadedMessage } from '../actions.js';
import type { Seen } from './seen.js';
import { conversationsIn, entriesIn, type ShownConversation, type ShownEntry } from './shown.js';
import {
  type Elsewhere,
  type Flag,
  type FlagName,
  flagOf,
  impostor,
  isCleared,
  isOwn,
  type Message,
  nothingOwed,
  type Owed,
  otherThan,
  participants,
  type Report,
  type State,
  type Upload,
  userOf,
  type Write,
  writesSince,
} from './state.js';
import { cursorOf, isNewest, walked } from './walks.js';

export function isFlagAction(action: string): action is FlagAction {
  return (flagActions as readonly string[]).includes(action);
}

/** Whether a server may refuse an upload though it is of the documented form. */
export function mayRefuse({ Type, Data }: Upload): boolean {
  return Type !== 'Message' || isOdd(Data);
}

/** Reads an answer, and what it makes of the state. */
export function read(before: State, exchange: Exchange): Seen {
  const action = exchange.action as OzekiActionName;
  const body = objectOf(exchange.response.json) ?? {};
  const asked = objectOf(exchange.request.json) ?? {};
  const { actor } = exchange;
  const station = stationOf(before, exchange);
  const conversations = conversationsIn(body, before.users[actor] ?? '');
  const seen: Seen = {
    exchange,
    actor,
    station,
    action,
    outcome: ozekiOutcome(exchange),
    asked,
    body,
    before,
    after: before,
    isParticipant: participants.some((name) => name === actor),
    conversations,
    shown: conversations.find(({ id }) => id === before.conversation),
    messages: entriesIn(body.messages),
    reports: entriesIn(body.reports),
    upload: action === 'add' ? (uploadedMessage(asked) as Upload | undefined) : undefined,
  };
  const change = isFlagAction(action) ? flagged : changes[action];
  const done = seen.isParticipant ? { ...seen, ...change?.(seen) } : { ...seen, ...strayed(seen) };
  return seen.isParticipant && seen.outcome === 'served' ? { ...done, after: learnt(done) } : done;
}

function stationOf({ stationIds }: State, { request, actor }: Exchange): string {
  const id = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'ozeki-station')?.[1];
  return Object.entries(stationIds).find(([, known]) => known === id)?.[0] ?? actor;
}

type Change = (seen: Seen) => Partial<Seen>;

const changes: Partial<Record<OzekiActionName, Change>> = {
  login: ({ before, outcome, station }) =>
    outcome === 'served' ? { after: withStation(before, station, nothingOwed) } : {},
  notification: told,
  useravailable: becameAvailable,
  friends: ({ before, actor, body }) => ({
    after: { ...before, friends: { ...before.friends, [actor]: Object.keys(objectOf(body.friends) ?? {}) } },
  }),
  viewed,
  add: added,
  clear: cleared,
  downloadpartial: paged,
  download: ({ before, messages, reports, outcome }) =>
    outcome === 'served' ? { after: met(before, messages, reports) } : {},
};

/** Somebody without the right to it tried something. A wrong signature may end the session of its station, with all that it was owed. */
function strayed({ before, upload, actor, station }: Seen): Partial<Seen> {
  const { [station]: ended, ...others } = before.stations;
  const state = actor === impostor && ended !== undefined ? { ...before, stations: others } : before;
  if (upload === undefined) return { after: state };
  // Under the ID of a message that is there, it must change nothing of that.
  const isKnown = before.gone.includes(upload.ID) || before.messages.some(({ ID }) => ID === upload.ID);
  if (isKnown) return { after: state };
  return { after: { ...state, tried: { ...state.tried, [upload.ID]: forbiddenBy(actor) } } };
}

/** The requirement that forbids what those without the right to it do. */
export function forbiddenBy(actor: string): string {
  return actor === impostor ? 'OZ-COM-10' : 'OZ-COM-12';
}

const withStation = (state: State, station: string, owed: Owed): State => ({
  ...state,
  stations: { ...state.stations, [station]: owed },
});

/** The state with something owed to the stations of an actor. */
function owing(state: State, actor: string, more: (owed: Owed, station: string) => Owed): State {
  const stations = Object.entries(state.stations).map(([name, owed]) => [
    name,
    userOf(name) === actor ? more(owed, name) : owed,
  ]);
  return { ...state, stations: Object.fromEntries(stations) };
}

function told({ before, outcome, station, body }: Seen): Partial<Seen> {
  const owed = before.stations[station];
  if (owed === undefined || outcome !== 'served') return {};
  const names = (member: string, id: string) => arrayOf(body[member]).includes(id);
  const left: Owed = {
    ...(owed.messages && !names('conversationchangedof', before.conversation) && { messages: true }),
    ...(owed.flags && !names('conversationlistchangedof', before.conversation) && { flags: true }),
    available: owed.available.filter((actor) => !names('friendavailabilitesof', before.users[actor] ?? '')),
  };
  return { after: withStation(before, station, left) };
}

function becameAvailable({ before, outcome, actor }: Seen): Partial<Seen> {
  if (outcome !== 'served') return {};
  const other = otherThan(actor);
  const isFriend = before.friends[other]?.includes(before.users[actor] ?? '') === true;
  const state = { ...before, available: [...new Set([...before.available, actor])] };
  if (!isFriend) return { after: state };
  return { after: owing(state, other, (owed) => ({ ...owed, available: [...new Set([...owed.available, actor])] })) };
}

function viewed({ before, outcome, actor, asked }: Seen): Partial<Seen> {
  if (outcome !== 'served') return {};
  const pairs = stringsOf(asked.messageids)
    .filter((id) => before.messages.some(({ ID, optional }) => ID === id && optional !== true))
    .map((id) => `${actor} ${id}`);
  const isNew = pairs.some((pair) => !before.viewed.includes(pair));
  return {
    after: {
      ...before,
      viewed: [...new Set([...before.viewed, ...pairs])],
      reportsOwed: before.reportsOwed + (isNew ? 1 : 0),
    },
  };
}

function added({ before: found, outcome, actor, upload, asked }: Seen): Partial<Seen> {
  if (upload === undefined || outcome === 'refused') return {};
  // A conversation that was hidden may show again with the next message, also with one that is there.
  const flags = Object.fromEntries(Object.entries(found.flags).map(([name, own]) => [name, maybeUnhidden(own)]));
  const before: State = { ...found, flags };
  const known = before.messages.find(({ ID }) => ID === upload.ID);
  if (known !== undefined) {
    const again = { ...known, again: true as const };
    return { after: { ...before, messages: before.messages.map((message) => (message === known ? again : message)) } };
  }
  const isStale = asked.instance !== before.instance;
  const isOpen = outcome !== 'served' || isStale || before.gone.includes(upload.ID);
  const message: Message = { ...upload, actor, ...(isOpen && { optional: true }) };
  const state: State = {
    ...before,
    messages: [...before.messages, message],
    latest: Math.max(before.latest ?? 0, parseTimestamp(upload.Created) ?? 0),
    writes: [...before.writes, { actor, action: 'add' }],
  };
  const other = otherThan(actor);
  const { ismuted, hideid } = state.flags[other] ?? {};
  // Whether a mute or a Hide silences a Notification, no page says.
  const isSilent = isOpen || ismuted?.value !== false || hideid?.value !== '';
  return { after: isSilent ? state : owing(state, other, (owed) => ({ ...owed, messages: true })) };
}

function maybeUnhidden(flags: State['flags'][string]): State['flags'][string] {
  const { hideid } = flags;
  if (hideid === undefined || hideid.value === '') return flags;
  return { ...flags, hideid: { ...hideid, value: undefined } };
}

function cleared({ before, outcome, actor, shown, asked }: Seen): Partial<Seen> {
  if (outcome === 'refused') return {};
  if (outcome !== 'served' || asked.instance !== before.instance) {
    return {
      after: { ...before, messages: before.messages.map((message) => ({ ...message, optional: true })), walks: {} },
    };
  }
  return {
    after: {
      ...before,
      messages: [],
      gone: [...before.gone, ...before.messages.map(({ ID }) => ID)],
      reports: [],
      reportsOwed: 0,
      walks: {},
      writes: [...before.writes, { actor, action: 'clear' }],
      others: undefined,
      oldInstance: before.instance,
      keptAccess: Math.max(before.keptAccess ?? 0, before.lastaccess?.value ?? 0, ...secondsOf(before.messages)),
      ...(typeof shown?.instance === 'string' && { instance: shown.instance }),
    },
  };
}

function secondsOf(messages: readonly Message[]): number[] {
  return messages.map(({ Created }) => (parseTimestamp(Created) ?? 0) / 1000);
}

function flagged({ before, outcome, action, asked, actor, station }: Seen): Partial<Seen> {
  if (outcome === 'refused' || !isFlagAction(action)) return {};
  const { name, value } = flagOf(action, asked);
  if (asked.conversationid !== before.conversation)
    return { after: flaggedElsewhere(before, actor, action, asked, outcome === 'served') };
  const at = before.writes.length + 1;
  const flag: Flag = { value: outcome === 'served' ? value : undefined, by: action, at, shown: false };
  const state: State = {
    ...before,
    flags: { ...before.flags, [actor]: { ...before.flags[actor], [name]: flag } },
    writes: [...before.writes, { actor, action }],
  };
  const known = before.flags[actor]?.[name]?.value;
  // Of a flag that may be either way, nobody can say that it changes.
  const isChange = known !== undefined && known !== value && outcome === 'served';
  if (!isChange) return { after: state };
  return { after: owing(state, actor, (owed, at) => (at === station ? owed : { ...owed, flags: true })) };
}

function flaggedElsewhere(
  before: State,
  actor: string,
  action: FlagAction,
  asked: Seen['asked'],
  isServed: boolean,
): State {
  const key = `${actor} ${asked.conversationid}`;
  const { [key]: known, ...others } = before.elsewhere;
  const { name, value } = flagOf(action, asked);
  const own = known && isServed && { [key]: { ...known, flags: { ...known.flags, [name]: value } } };
  const write: Write = { actor, action, elsewhere: true };
  return { ...before, writes: [...before.writes, write], elsewhere: { ...others, ...own } };
}

function paged(seen: Seen): Partial<Seen> {
  if (seen.outcome !== 'served') return {};
  const { walks, ended, farEnd } = walked(seen);
  const after = met(seen.before, seen.messages, seen.reports);
  const isEmpty = after.messages.length + seen.messages.length === 0 && isNewest(seen.before, cursorOf(seen.asked));
  return {
    after: { ...after, walks, ...(farEnd && { farEnd }), ...(isEmpty && { latest: undefined }) },
    ...(ended && { ended }),
  };
}

/** What was shown is known from now on. */
function met(state: State, messages: readonly ShownEntry[], reports: readonly ShownEntry[]): State {
  const ids = new Set(messages.map(({ ID }) => ID));
  const known = new Set(state.reports.map(({ ID }) => ID));
  const shown = new Set(reports.map(({ ID }) => ID));
  // A view that lags behind a Clear shows what was there before it.
  const isOfNow = !isCleared(state.writes) || state.messages.some(({ ID }) => ids.has(ID) && !state.gone.includes(ID));
  const fresh = reports.filter(({ ID }) => !known.has(ID));
  // Where a server tells the kinds of reports apart, only those of views count. Download may show an ID and no more.
  const ofViews = fresh.filter(({ Type }) => Type === 'viewed' || Type === undefined);
  const isTyped = [...state.reports, ...fresh].some(({ Type }) => Type === 'viewed');
  const foreign = messages.some(({ ID }) => !isOwn(ID));
  return {
    ...state,
    messages: state.messages.map((message) => (ids.has(message.ID) ? { ...message, seen: true } : message)),
    reports: [
      ...state.reports.map((report) =>
        isOfNow && report.optional && shown.has(report.ID) ? { ...report, optional: undefined } : report,
      ),
      ...fresh.map(({ ID, Type, Created }): Report => ({ ID, Type, Created, ...(!isOfNow && { optional: true }) })),
    ],
    reportsOwed: Math.max(0, state.reportsOwed - (isTyped ? ofViews : fresh).length),
    ...(foreign && state.alone && { others: true as const }),
  };
}

/** What the conversation objects of an answer teach, where nothing was known, and what they confirm. */
function learnt({ before, after, actor, shown, conversations, action }: Seen): State {
  let state = after;
  for (const other of action === 'list' ? conversations : []) {
    const key = `${actor} ${other.id}`;
    if (other.id === before.conversation || state.elsewhere[key] !== undefined) continue;
    state = { ...state, elsewhere: { ...state.elsewhere, [key]: elsewhereOf(other) } };
  }
  if (shown === undefined) return state;
  if (typeof shown.instance === 'string') state = { ...state, instance: shown.instance };
  if (action !== 'list') return state;
  const at = state.writes.length;
  const { lastaccess, lastmessageid } = shown;
  if (typeof lastaccess === 'number') {
    const keptAccess = state.messages.length === 0 ? Math.max(state.keptAccess ?? 0, lastaccess) : state.keptAccess;
    state = { ...state, lastaccess: { value: lastaccess, at }, ...(keptAccess !== undefined && { keptAccess }) };
  }
  if (state.messages.length === 0 && typeof lastmessageid === 'string')
    state = { ...state, oldLast: [...new Set([...state.oldLast, lastmessageid])] };
  const own = state.flags[actor] ?? {};
  const names: readonly FlagName[] = ['ismuted', 'isfavorite', 'hideid', 'listitembackgroundcolor'];
  const flags = names.map((name): [FlagName, Flag] => {
    const known = own[name];
    const value = shown.own?.[name];
    // That a Clear leaves the flags is a SHOULD: what it has left of them holds from then on.
    if (known?.value !== undefined && known.value !== value && isCleared(writesSince(state, known.at)))
      return [name, { value, at, shown: true }];
    return [name, { ...known, value: known?.value ?? value, at, shown: true }];
  });
  return { ...state, flags: { ...state.flags, [actor]: Object.fromEntries(flags) } };
}

function elsewhereOf({ own, lastmessageid }: ShownConversation): Elsewhere {
  return {
    flags: {
      ismuted: own?.ismuted === true,
      isfavorite: own?.isfavorite === true,
      hideid: typeof own?.hideid === 'string' ? own.hideid : '',
      listitembackgroundcolor: String(own?.listitembackgroundcolor),
    },
    holdsMessages: typeof lastmessageid === 'string' && lastmessageid !== '',
  };
}

/** The users whom Friends / List shows as available. */
export function availableIn(body: Record<string, unknown>): string[] {
  return objectsOf(body.availabilities).flatMap(({ friendid, availability }) =>
    availability === 'available' && typeof friendid === 'string' ? [friendid] : [],
  );
}
