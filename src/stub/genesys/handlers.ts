import { setTimeout as wait } from 'node:timers/promises';
import { type HttpHandler, HttpResponse, http } from 'msw';
import { actionOf, run } from './actions.js';
import { type Answer, type Call, type GenesysState, Refusal } from './model.js';

const CHATS = /\/api\/v2\/chats(\/[^?]*)?(\?.*)?$/;

/** The MSW handlers of a Genesys server over this state, on any host. */
export function genesysHandlers(state: GenesysState): HttpHandler[] {
  return [
    http.all(CHATS, async ({ request }) => {
      const call = receive(state, { method: request.method, url: new URL(request.url), text: await request.text() });
      return send(answerTo(call));
    }),
  ];
}

function receive(state: GenesysState, request: Call['request']): Call {
  const { action, chatId } = actionOf(request.url, operationIn(request.text));
  const count = (state.counts.get(action) ?? 0) + 1;
  state.counts.set(action, count);
  const total = [...state.counts.values()].reduce((sum, each) => sum + each, 0);
  return { action, chatId, request, body: {}, count, total, state, behaviour: state.behaviour };
}

/** The `operationName` of a body that may be anything; what is wrong with it is said later. */
function operationIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { operationName?: unknown } | null)?.operationName;
  } catch {
    return undefined;
  }
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
    call.body = behaviour.readBody(call);
    if (call.action === 'unknown') throw new Refusal('operation', 'There is no such operation');
    behaviour.checkMembers(call);
    return behaviour.succeed(call, run(call, call.action));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.refusal = error;
    return behaviour.refuse(call, error);
  }
}

async function send(answer: Answer): Promise<Response> {
  if (answer.delayMs !== undefined) await wait(answer.delayMs);
  return new HttpResponse(answer.write(answer.body), { status: answer.status, headers: answer.headers });
}
