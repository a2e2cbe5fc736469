import { type HttpHandler, http } from 'msw';
import { formMembers } from '../../../src/exchange/form.js';
import { type Answer, countCall, send } from '../../../src/stub/answer.js';
import { placeOf, run } from './actions.js';
import type { Call, GmsState } from './call.js';
import { type Form, Refusal, type Upload } from './model.js';

const CHAT = /\/genesys\/2\/chat\/[^?]+(\?.*)?$/;

/** The MSW handlers of a GMS server over this state, on any host. */
export function gmsHandlers(state: GmsState): HttpHandler[] {
  return [
    http.all(CHAT, async ({ request }) => {
      const url = new URL(request.url);
      const place = placeOf(url);
      const taken = state.behaviour.onArrival(state, place.chatId);
      const contentType = request.headers.get('content-type') ?? '';
      const bytes = Buffer.from(await request.arrayBuffer());
      const call: Call = {
        ...place,
        request: { method: request.method, url, contentType, bytes },
        form: await formOf(bytes, contentType),
        body: {},
        taken,
        ...countCall(state.counts, place.action),
        state,
        behaviour: state.behaviour,
      };
      return send(answerTo(call));
    }),
  ];
}

/** The form that some bytes are; `undefined` where they are none. */
async function formOf(bytes: Buffer, contentType: string): Promise<Form | undefined> {
  try {
    const headers = { 'content-type': contentType };
    const fields = [...(await new Response(new Uint8Array(bytes), { headers }).formData())];
    const texts = fields.filter((field): field is [string, string] => typeof field[1] === 'string');
    const [file] = fields.flatMap(([name, value]) => (name === 'file' && typeof value !== 'string' ? [value] : []));
    return { members: formMembers(texts), ...(file && { file: await uploadOf(file) }) };
  } catch {
    return undefined;
  }
}

async function uploadOf(file: File): Promise<Upload> {
  return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}

function answerTo(call: Call): Answer {
  const { behaviour, state } = call;
  behaviour.before(call);
  return state.answerHooks.reduce((answer, change) => change(answer, call), serve(call));
}

function serve(call: Call): Answer {
  const { behaviour } = call;
  try {
    behaviour.checkMethod(call);
    behaviour.checkService(call);
    if (call.action === 'unknown') throw new Refusal('operation', 'There is no such operation');
    call.body = behaviour.readForm(call);
    return run(call, call.action);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.refusal = error;
    return behaviour.refuse(call, error);
  }
}
