import type { Answer } from '../../../src/stub/answer.js';
import type { GmsActionName, GmsChatAction } from '../actions.js';
import { gmsActions } from '../actions.js';
import type { Call } from './call.js';
import { type Chat, type Event, type Json, Refusal } from './model.js';

/** What each action on a chat does; gives the members of the answer beside those of every one. */
const commands: Record<Exclude<GmsChatAction, 'filedownload'>, (call: Call, chat: Chat) => Json> = {
  refresh: (call, chat) => read(call, chat, 1),
  sendmessage: eventful((call, chat) =>
    call.behaviour.say(call, chat, call.behaviour.readText(call, 'message'), messageTypeIn(call)),
  ),
  starttyping: eventful((call, chat) =>
    call.behaviour.type(call, chat, 'TypingStarted', call.behaviour.readTyped(call)),
  ),
  stoptyping: eventful((call, chat) =>
    call.behaviour.type(call, chat, 'TypingStopped', call.behaviour.readTyped(call)),
  ),
  pushurl: eventful((call, chat) => call.behaviour.push(call, chat, call.behaviour.readText(call, 'pushUrl'))),
  updatenickname: eventful((call, chat) =>
    call.behaviour.rename(call, chat, call.behaviour.readText(call, 'nickname')),
  ),
  customnotice: eventful((call, chat) => call.behaviour.note(call, chat, call.behaviour.readTyped(call))),
  updatedata(call, chat) {
    call.behaviour.attach(call, chat, call.behaviour.readUserData(call));
    return {};
  },
  readreceipt(call) {
    call.behaviour.readPosition(call, 0);
    return {};
  },
  disconnect(call, chat) {
    call.behaviour.end(call, chat);
    return {};
  },
  filelimits(call, chat) {
    const userData = call.behaviour.limits(call, chat);
    const from = { ...chat.client };
    return {
      messages: [{ from, text: 'file-client-cfg-get', type: 'Notice', utcTime: call.behaviour.now(call), userData }],
    };
  },
  fileupload(call, chat) {
    const { behaviour, form, body } = call;
    if (form?.file === undefined) throw new Refusal('input', 'The part file is missing');
    behaviour.checkFile(call, chat, form.file);
    const file = behaviour.keep(call, chat, form.file);
    const description = (body.userData as Json | undefined)?.['file-description'];
    const userData = {
      'file-id': file.id,
      'file-name': file.name,
      'file-size': String(file.bytes.length),
      ...(typeof description === 'string' && { 'file-description': description }),
    };
    behaviour.append(call, chat, chat.client, 'FileUploaded', { text: file.name, userData });
    return { userData: { 'file-id': file.id } };
  },
  filedelete(call, chat) {
    const file = call.behaviour.fileOf(call, chat);
    call.behaviour.remove(call, chat, file);
    const userData = { 'file-id': file.id };
    call.behaviour.append(call, chat, chat.client, 'FileDeleted', { text: file.name, userData });
    return {};
  },
};

/** Serves a call of a known action: finds the chat, looks at the caller's right to it, and acts. */
export function run(call: Call, action: GmsActionName): Answer {
  const { behaviour } = call;
  if (action === 'requestchat') {
    const chat = behaviour.open(call);
    call.chat = chat;
    const events = behaviour.eventsOf(call, chat).slice(0, behaviour.firstEvents(call, chat));
    return behaviour.succeed(call, { ...behaviour.envelope(call, chat), messages: shown(call, chat, events) });
  }
  const chat = behaviour.chatOf(call);
  call.chat = chat;
  if (behaviour.now(call) - chat.heardAt > behaviour.idleMs()) behaviour.end(call, chat);
  behaviour.checkSecureKey(call, chat);
  behaviour.checkUserId(call, chat);
  behaviour.checkAlias(call, chat);
  behaviour.checkOpen(call, chat);
  chat.heardAt = behaviour.now(call);
  if (action === 'filedownload') {
    const file = behaviour.fileOf(call, chat);
    return behaviour.download(call, file, behaviour.give(call, chat, file));
  }
  const members = commands[action](call, chat);
  return behaviour.succeed(call, { ...behaviour.envelope(call, chat), ...members });
}

/** The action that an address picks, with what it names. */
export function placeOf(url: URL): Pick<Call, 'action' | 'serviceName' | 'chatId' | 'fileId'> {
  const [serviceName = '', ...rest] = url.pathname
    .replace(/^.*\/genesys\/2\/chat\/?/, '')
    .split('/')
    .map(decoded);
  const places: Record<string, string> = {};
  const fits = (path: string) => {
    const wanted = path.split('/').slice(1);
    return wanted.length === rest.length && wanted.every((part, i) => part.startsWith('{') || part === rest[i]);
  };
  const found = Object.entries(gmsActions).find(([, { path }]) => fits(path));
  for (const [i, part] of (found?.[1].path.split('/').slice(1) ?? []).entries())
    if (part.startsWith('{')) places[part.slice(1, -1)] = rest[i] ?? '';
  const { chatId = '', fileId = '' } = places;
  return { action: (found?.[0] ?? 'unknown') as GmsActionName | 'unknown', serviceName, chatId, fileId };
}

/** An action that shows in the transcript, and which others in the chat may react to. Asked for a position, it answers from there on. */
function eventful(act: (call: Call, chat: Chat) => void): (call: Call, chat: Chat) => Json {
  return (call, chat) => {
    const position = call.behaviour.readPosition(call, Number.POSITIVE_INFINITY);
    act(call, chat);
    call.behaviour.interject(call, chat);
    return position === Number.POSITIVE_INFINITY ? {} : read(call, chat, position);
  };
}

/** The transcript from a position on, and where to go on. */
function read(call: Call, chat: Chat, usual: number): Json {
  const { behaviour } = call;
  const events = behaviour.since(call, behaviour.eventsOf(call, chat), behaviour.readPosition(call, usual));
  return { messages: shown(call, chat, events), nextPosition: behaviour.nextPosition(call, chat, events) };
}

function messageTypeIn({ body }: Call): string | undefined {
  return typeof body.messageType === 'string' ? body.messageType : undefined;
}

function shown(call: Call, chat: Chat, events: readonly Event[]): Event[] {
  return events.map((event) => call.behaviour.showEvent(call, chat, event));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
