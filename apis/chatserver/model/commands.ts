import fc from 'fast-check';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Call, Kind } from '../../../src/explore/model.js';
import { onceIn, recent, recently, texts } from '../../../src/explore/values.js';
import { type Dialect, operationOf } from '../dialect.js';
import { mayRefuse } from './advance.js';
import { type FileCommand, fileKindsOf, isOfFile, nextOfFile } from './files.js';
import { type Chat, lastIndex, type State } from './state.js';

/** Who opens chats. */
const actors = ['alice', 'bob'] as const;
type Actor = (typeof actors)[number];
const nicknames = { alice: 'Alice', bob: 'Bob' } as const;

/** An action on the chat in the hands of an actor, or one that opens a chat, with its members. */
interface Act {
  /** The one that opens a chat does so where the actor has none that is open. */
  do: string;
  by: Actor;
  members: Record<string, unknown>;
  /** The event that it names the position of. */
  from?: { back: number };
  /** It repeats a text of its client, the one so recent: people send what they typed before. */
  echo?: number;
}

/** Reads a transcript: from the start, from behind the last event that was seen, or from one of those seen. */
interface Read {
  do: string;
  by: Actor;
  from: 'start' | 'behind' | { back: number };
  /** Of the chats that are over, the one so far back; without it, the one in hand. */
  past?: number;
}

/** Calls on the other's chat with the credentials of the own. */
interface Intrude {
  do: 'intrude';
  by: Actor;
  action: string;
  members: Record<string, unknown>;
  /** On the own chat with the credentials of the one before, or the other way round. */
  own?: 'now' | 'before';
}

export type Command = Act | Read | Intrude | FileCommand;

const by = fc.constantFrom(...actors);
/** Texts that are also the nickname of somebody, or that come again and again. */
const common = fc.constantFrom('Alice', 'Bob', 'a', 'b', 'http://example.test/');
const text = fc.oneof({ weight: 4, arbitrary: texts(1025) }, { weight: 1, arbitrary: common });
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Alice', 'Bob', 'alice', 'a', 'New Nickname') },
  { weight: 2, arbitrary: texts(40) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', 'x'.repeat(255)) },
);
const url = fc
  .constantFrom('', 'a', 'path/to', '?a=1&b=2', '#part', 'x?q=a+b%20c', 'a%2Fb', 'caf%C3%A9', 'search?q=null', '0')
  .map((path) => `http://example.test/${path}`);
const data = fc.dictionary(
  fc.constantFrom('key1', 'key2', 'nickname', 'text', 'userId', 'chatEnded', 'tenantName', 'subject', '0', 'null'),
  fc.oneof(fc.constantFrom('value1', '', '0', 'null'), texts(40)),
  { maxKeys: 3, noNullPrototype: true },
);
const maybeText = onceIn(2, text);

const act = (action: string, members: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Act> =>
  fc.record({ do: fc.constant(action), by, members });
const openings = fc
  .tuple(name, onceIn(3, data))
  .map(([nickname, userData]) => ({ nickname, ...(userData && { userData }) }));

const kind = (weight: number, commands: fc.Arbitrary<Command>, atOnce = true): Kind<Command> => ({
  weight,
  needs: 'write',
  atOnce,
  commands,
});

/** What a sequence is made of. */
export function kindsOf(dialect: Dialect): Readonly<Record<string, Kind<Command>>> {
  const { actions, operations, files, hasOneFormat } = dialect;
  const { say, start, stop, rename, push, note } = operations;
  const typed = maybeText.map((given) => (given === undefined ? {} : { [say.member]: given }));
  const said = fc
    .tuple(text, onceIn(6, fc.constantFrom('text', 'urgent')))
    .map(([given, messageType]) => ({ [say.member]: given, ...(messageType && { messageType }) }));
  // Who comes back mostly bears the same nickname.
  const opened = fc
    .tuple(act(actions.open, openings), fc.boolean())
    .map(([command, isSame]) =>
      isSame ? { ...command, members: { ...command.members, nickname: nicknames[command.by] } } : command,
    );
  const attached = fc
    .tuple(data, onceIn(5, text))
    .map(([userData, given]) => ({ userData, ...(given !== undefined && { [say.member]: given }) }));
  const only = (member: string, value: fc.Arbitrary<string>) => value.map((given) => ({ [member]: given }));
  const echoing = (command: fc.Arbitrary<Act>) =>
    fc.tuple(command, onceIn(3, recent)).map(([made, echo]) => ({ ...made, ...(echo !== undefined && { echo }) }));
  const others = [say, start, stop, rename, push, ...(note ? [note] : [])].map(({ action }) => action);
  const { receive } = actions;
  const from = fc.record({ back: recent });
  // An answer to a text may show the transcript, from the position that is asked for.
  const spoken = fc
    .tuple(act(say.action, said), hasOneFormat ? onceIn(5, from) : fc.constant(undefined))
    .map(([command, position]) => ({ ...command, ...(position && { from: position }) }));
  return {
    say: kind(8, echoing(spoken)),
    start: kind(4, echoing(act(start.action, typed))),
    stop: kind(4, echoing(act(stop.action, typed))),
    rename: kind(5, act(rename.action, only(rename.member, name))),
    push: kind(3, act(push.action, only(push.member, url))),
    ...(note && { note: kind(3, echoing(act(note.action, only(note.member, text)))) }),
    ...(receive && {
      [receive]: kind(
        1,
        fc.tuple(act(receive, fc.constant({})), from).map(([command, position]) => ({ ...command, from: position })),
      ),
    }),
    ...(files && fileKindsOf(files, by)),
    attach: kind(3, act(actions.attach, attached)),
    [actions.end]: kind(1, act(actions.end, fc.constant({})), false),
    read: kind(
      6,
      fc.record({
        do: fc.constant(actions.read),
        by,
        from: fc.oneof(fc.constantFrom('start' as const, 'behind' as const), from),
      }),
    ),
    open: kind(2, opened, false),
    intrude: kind(
      3,
      fc
        .tuple(
          by,
          fc.constantFrom(
            ...[actions.read, actions.attach, actions.end, ...others],
            ...(files ? [files.actions.download, files.actions.remove] : []),
          ),
          onceIn(4, fc.constantFrom('now' as const, 'before' as const)),
        )
        .map(([actor, action, own]) => ({
          do: 'intrude' as const,
          by: actor,
          action,
          members: {
            [say.member]: 'said by somebody else',
            nickname: 'Somebody else',
            pushUrl: 'http://example.test/else',
          },
          ...(own && { own }),
        })),
      false,
    ),
  };
}

/** Two clients with a chat each: what one does must not show with the other. */
export function preludeOf({ actions }: Dialect): readonly Command[] {
  return actors.map((actor) => ({ do: actions.open, by: actor, members: { nickname: nicknames[actor] } }));
}

/** Every transcript: whole, from its middle, and from behind its end. Also the files that came last. */
export function viewsOf({ actions, files }: Dialect, state: State): Command[] {
  const of = (actor: Actor, past?: number): Command[] => {
    const chat = chatAt(state, actor, past);
    if (chat === undefined) return [];
    const about = { do: actions.read, by: actor, ...(past !== undefined && { past }) };
    return [
      { ...about, from: 'start' },
      { ...about, from: { back: Math.floor(lastIndex(chat) / 2) } },
      { ...about, from: 'behind' },
    ];
  };
  const filesOf = (actor: Actor): Command[] =>
    files === undefined
      ? []
      : (state.chats[actor]?.files.slice(-2) ?? []).map((_, back) => ({ do: files.actions.download, by: actor, back }));
  return actors.flatMap((actor) => [...of(actor), ...of(actor, 0), ...filesOf(actor)]);
}

/** Reads by those who lack the credentials: they may end a chat, so they come last. */
export function lastOf({ actions }: Dialect): Command[] {
  return actors.flatMap((actor) =>
    ([undefined, 'now', 'before'] as const).map(
      (own): Intrude => ({
        do: 'intrude',
        by: actor,
        action: actions.read,
        members: {},
        ...(own && { own }),
      }),
    ),
  );
}

/** The next call of a command; `undefined` where it is done or there is no chat for it. */
export function next(dialect: Dialect, state: State, command: Command, made: readonly Exchange[]): Call | undefined {
  const { files, actions } = dialect;
  if (isOfFile(command)) return files && nextOfFile(files, state, command, made);
  if (command.do === actions.open && 'members' in command) return opening(dialect, state, command, made);
  return made.length > 0 ? undefined : callOf(dialect, state, command);
}

/** Opens a chat; the one in hand is ended before. */
function opening(
  dialect: Dialect,
  { chats }: State,
  { do: action, by: actor, members }: Act,
  made: readonly Exchange[],
): Call | undefined {
  const chat = chats[actor];
  if (chat?.is === 'open')
    return made.length > 0 ? undefined : { actor, action: dialect.actions.end, members: {}, at: chat.id };
  if (made.some((exchange) => exchange.action === action)) return undefined;
  return { actor, action, members, probe: mayRefuse(dialect, action, members) };
}

function callOf(dialect: Dialect, state: State, command: Exclude<Command, FileCommand>): Call | undefined {
  if ('action' in command) return intrusion(dialect, state, command);
  const { do: action, by: actor, from } = command;
  const chat = chatAt(state, actor, 'past' in command ? command.past : undefined);
  if (chat === undefined) return undefined;
  const members = {
    ...('members' in command && { ...command.members, ...repeated(dialect, command, chat) }),
    ...(from && position(chat, from)),
  };
  const isPatient = action === dialect.actions.read && Number(members.transcriptPosition ?? 1) > lastIndex(chat);
  const probe = chat.is !== 'open' || isPatient || mayRefuse(dialect, action, members);
  return { actor, action, members, at: chat.id, ...(probe && { probe }) };
}

function repeated(dialect: Dialect, { do: action, echo }: Act, { own }: Chat): Record<string, unknown> {
  const member = operationOf(dialect, action)?.member;
  const said = own.filter(({ text }) => text !== '');
  const again = echo === undefined ? undefined : recently(said, echo);
  return again === undefined || member === undefined ? {} : { [member]: again.text };
}

function chatAt(state: State, actor: string, past?: number): Chat | undefined {
  return past === undefined ? state.chats[actor] : state.past.filter((chat) => chat.actor === actor).at(-1 - past);
}

function position(chat: Chat, from: Read['from']): Record<string, unknown> {
  if (from === 'start') return {};
  const last = lastIndex(chat);
  return { transcriptPosition: from === 'behind' ? last + 1 : Math.max(1, last - from.back) };
}

function intrusion(dialect: Dialect, state: State, command: Intrude): Call | undefined {
  const { by: actor, action } = command;
  const now = state.chats[actor];
  const before = chatAt(state, actor, 0);
  const other = Object.values(state.chats).find((chat) => chat.actor !== actor);
  const [at, as] = command.own === undefined ? [other, now] : command.own === 'now' ? [now, before] : [before, now];
  // Somebody who bears the same name may have the same userId; the key must differ.
  if (at === undefined || as === undefined || at.secureKey === as.secureKey) return undefined;
  const members = tried(dialect, command, at);
  return members && { actor, action, members, at: at.id, as: as.id, probe: true };
}

/** What somebody without the right to a chat tries; `undefined` where there is nothing to try it on. */
function tried(dialect: Dialect, { action, members }: Intrude, chat: Chat): Call['members'] | undefined {
  const { actions, files } = dialect;
  if (action === actions.attach) return { userData: { key1: 'tried by somebody else' } };
  if (action === files?.actions.download || action === files?.actions.remove) {
    const file = chat.files.at(-1);
    return file && { fileId: file.id };
  }
  const member = operationOf(dialect, action)?.member;
  return member === undefined ? {} : { [member]: members[member] };
}
