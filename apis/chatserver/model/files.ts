/** Files in a chat: what is done with them, and what becomes of them. */
import fc from 'fast-check';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Outcome } from '../../../src/exchange/outcome.js';
import type { Call, Kind } from '../../../src/explore/model.js';
import { recent, recently } from '../../../src/explore/values.js';
import { objectOf } from '../../../src/passive/json.js';
import type { Dialect, Files } from '../dialect.js';
import type { Chat, Sent, State } from './state.js';

/** Sends a file. What it holds is made of its description. */
interface Upload {
  do: string;
  by: string;
  /** Its name without the ending. */
  file: string;
  description: string;
}

/** Asks for a file that was sent, or takes it away: one of the own, or of the other's chat. */
interface Reach {
  do: string;
  by: string;
  back: number;
  of?: 'other';
}

export type FileCommand = Upload | Reach;

/** Whether a command is about a file. */
export function isOfFile(command: object): command is FileCommand {
  return 'file' in command || 'back' in command;
}

/** The field that describes a file. */
const descriptionField = 'file-description';

/** What a file of this description holds: it is text, and begins and ends as a PDF does. */
export function contentOf(description: string): string {
  return `%PDF-1.4\r\n% ${description}\r\n\r\n--\r\ntrailer<<>>\r\n%%EOF\r\n`;
}

/** The endings of names that such a file may have. */
const endings = ['txt', 'pdf'];

/** What is done with files in a sequence. */
export function fileKindsOf({ actions }: Files, by: fc.Arbitrary<string>): Readonly<Record<string, Kind<FileCommand>>> {
  const kind = (weight: number, commands: fc.Arbitrary<FileCommand>): Kind<FileCommand> => ({
    weight,
    needs: 'write',
    atOnce: true,
    commands,
  });
  const reach = (action: string): fc.Arbitrary<Reach> =>
    fc
      .tuple(by, recent, fc.nat(4))
      .map(([actor, back, whose]) => ({ do: action, by: actor, back, ...(whose === 0 && { of: 'other' as const }) }));
  const upload = fc.record({
    do: fc.constant(actions.upload),
    by,
    // A name may come twice, as with pictures of a camera.
    file: fc.constantFrom('a', 'b', 'photo 1'),
    description: fc.nat(99_999_999).map((number) => `file ${number.toString(36)}`),
  });
  return {
    [actions.upload]: kind(2, upload),
    [actions.download]: kind(2, reach(actions.download)),
    [actions.remove]: kind(1, reach(actions.remove)),
  };
}

/** So few left, calls at the same time may use up. */
const fewLeft = 4;

/** The next call of a command on files: where the limits let nothing through, or are not known, they are asked for first. */
export function nextOfFile(
  { actions }: Files,
  state: State,
  command: FileCommand,
  made: readonly Exchange[],
): Call | undefined {
  const chat = state.chats[command.by];
  if (chat === undefined || (made.length > 0 && made.at(-1)?.action !== actions.limits)) return undefined;
  const { limits } = chat;
  const isOpen = chat.is === 'open';
  const about = { actor: command.by, at: chat.id };
  const asLimited = (action: string, left: number, members: Call['members'], isLegal: boolean): Call | undefined => {
    if (limits === undefined || left < 1)
      return made.length > 0 ? undefined : { ...about, action: actions.limits, members: {}, probe: !isOpen };
    return { ...about, action, members, probe: !isOpen || left <= fewLeft || !isLegal };
  };
  if ('file' in command) {
    const { file, description } = command;
    const ending = endings.find((one) => limits?.types.includes(one));
    const members = {
      file: `${file}.${ending ?? limits?.types[0] ?? 'txt'}`,
      userData: { [descriptionField]: description },
    };
    const isLegal = ending !== undefined && limits?.needsAgent === false;
    return asLimited(actions.upload, limits?.filesLeft ?? 0, members, isLegal);
  }
  const other = Object.values(state.chats).find(({ actor }) => actor !== command.by);
  const file = recently((command.of === undefined ? chat : other)?.files ?? [], command.back);
  if (file === undefined) return undefined;
  const members = { fileId: file.id };
  if (command.of !== undefined) return { ...about, action: command.do, members, probe: true };
  const isThere = file.is === 'there';
  if (command.do === actions.remove) return { ...about, action: command.do, members, probe: !isOpen || !isThere };
  return asLimited(actions.download, limits?.downloadsLeft ?? 0, members, isThere);
}

/** What goes over the wire for a call that sends a file; the same members for any other. */
export function sentMembers(files: Files | undefined, { action, members }: Call): object {
  const { file } = members;
  if (action !== files?.actions.upload || typeof file !== 'string') return members;
  return { ...members, file: files.sent(file, contentOf(descriptionIn(members))) };
}

function descriptionIn(members: Readonly<Record<string, unknown>>): string {
  return String(objectOf(members.userData)?.[descriptionField] ?? '');
}

/** An answer, read once. */
interface Answered {
  dialect: Dialect;
  action: string;
  outcome: Outcome;
  exchange: Exchange;
  asked: Readonly<Record<string, unknown>>;
  body: Readonly<Record<string, unknown>>;
}

/** The file of a chat that a call is about. */
export function fileOf({
  dialect,
  exchange,
  chat,
}: Pick<Answered, 'dialect' | 'exchange'> & { chat?: Chat }): Sent | undefined {
  const id = dialect.files?.fileIdOf(exchange.request.url);
  return chat?.files.find((file) => file.id === id);
}

/** A chat after a call on its files by its client; `undefined` where the call is about something else. */
export function withFiles(
  { dialect, action, outcome, exchange, asked, body }: Answered,
  chat: Chat,
): { chat: Chat; operation?: 'upload' | 'remove' } | undefined {
  const { files } = dialect;
  if (files === undefined) return undefined;
  const isServed = outcome === 'served';
  const { limits } = chat;
  switch (action) {
    case files.actions.limits: {
      const told = isServed ? files.limitsIn(body) : undefined;
      return { chat: told === undefined ? chat : { ...chat, limits: told } };
    }
    case files.actions.upload: {
      const id = objectOf(body.userData)?.['file-id'];
      const isKnown = isServed && typeof id === 'string' && id !== '';
      const sent: Sent[] = isKnown ? [{ id, content: contentOf(descriptionIn(asked)), is: 'there' }] : [];
      const left = limits && { limits: { ...limits, filesLeft: limits.filesLeft - 1 } };
      const after = { ...chat, ...left, files: [...chat.files, ...sent] };
      return { chat: after, ...(outcome !== 'refused' && { operation: 'upload' }) };
    }
    case files.actions.download:
      return {
        chat: limits === undefined ? chat : { ...chat, limits: { ...limits, downloadsLeft: limits.downloadsLeft - 1 } },
      };
    case files.actions.remove: {
      if (outcome === 'refused') return { chat };
      const id = files.fileIdOf(exchange.request.url);
      const is = isServed ? 'gone' : 'doubtful';
      return {
        chat: { ...chat, files: chat.files.map((file) => (file.id === id ? { ...file, is } : file)) },
        operation: 'remove',
      };
    }
    default:
      return undefined;
  }
}
