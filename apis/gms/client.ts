import { sendCall, type Wire } from '../../src/client/send.js';
import { formFields, formIn, formMembers } from '../../src/exchange/form.js';
import type { Exchange, SentRequest } from '../../src/exchange/index.js';
import type { CallOptions, ChatCaller, ChatTampering, SendChat } from '../chatserver/caller.js';
import { type GmsActionName, gmsActions, gmsCredentials, gmsPath } from './actions.js';
import { gmsSchemas } from './schemas.js';

/** A file as it is uploaded. */
export interface GmsFile {
  name: string;
  /** Its media type. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** How a call differs from the documented one. All are for probes. */
export interface GmsTampering extends ChatTampering {
  /** The service named in the address in place of the target's. */
  serviceName?: string;
  /** What the body is said to be. */
  contentType?: string;
}

export interface GmsCallOptions extends CallOptions {
  tamper?: GmsTampering;
  /** Sends a form in several parts where one in a line is documented too. */
  inParts?: boolean;
}

/** Where a server is, and how it is reached. */
export interface GmsClientOptions {
  /** Up to and with `chat`, without a slash at its end. */
  url: string;
  serviceName: string;
  wire: Wire;
}

/**
 * Makes what sends the calls of the fifteen actions. `fileId` of the members goes into the address, `file` is a `GmsFile`; all else is
 * a field of the form, `userData` one for each key.
 */
export function gmsSender({ url, serviceName, wire }: GmsClientOptions): SendChat<GmsCallOptions> {
  return async (action, caller, members, { intent = 'call', tamper, inParts } = {}): Promise<Exchange> => {
    const name = action as GmsActionName;
    const { fileId, file, ...fields } = { ...credentialsOf(caller), ...members, ...tamper?.members } as Fields;
    const chatId = tamper?.chatId ?? ('chatId' in caller ? caller.chatId : undefined);
    const place = { serviceName: tamper?.serviceName ?? serviceName, chatId, fileId };
    const isInParts = inParts || name === 'fileupload';
    const { described, ...body } = isInParts ? await partsOf(fields, file) : lineOf(fields, tamper);
    return sendCall(wire, {
      api: 'gms',
      schemas: gmsSchemas,
      action,
      level: gmsActions[name].level,
      intent: tamper === undefined ? intent : 'probe',
      actor: caller.actor,
      isForeign: tamper?.chatId !== undefined || gmsCredentials.some((member) => member in (tamper?.members ?? {})),
      request: { method: 'POST', url: `${url}${gmsPath(name, place)}`, ...body },
      described,
    });
  };
}

interface Fields extends Record<string, unknown> {
  fileId?: string;
  file?: GmsFile;
}

type Body = Pick<SentRequest, 'headers' | 'body' | 'content'> & { described: unknown };

function credentialsOf(caller: { actor: string } | ChatCaller): Record<string, unknown> {
  if (!('chatId' in caller)) return {};
  const { userId, secureKey, alias } = caller;
  return { userId, secureKey, alias };
}

/** A form in one line, and what it says; a body that is none says nothing. */
function lineOf(fields: object, { text, contentType = 'application/x-www-form-urlencoded' }: GmsTampering = {}): Body {
  const legal = new URLSearchParams(formFields(fields)).toString();
  const body = text?.(legal) ?? legal;
  return { headers: { 'Content-Type': contentType }, body, described: formIn(body, contentType) };
}

/** A form in parts, whose file is described by its name. */
async function partsOf(fields: object, file: GmsFile | undefined): Promise<Body> {
  const form = new FormData();
  for (const [name, value] of formFields(fields)) form.append(name, value);
  if (file !== undefined) form.append('file', new Blob([file.bytes], { type: file.type }), file.name);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const content = new Uint8Array(await encoded.arrayBuffer());
  return {
    headers: { 'Content-Type': type },
    body: new TextDecoder().decode(content),
    content,
    described: { ...formMembers(formFields(fields)), ...(file && { file: file.name }) },
  };
}
