import { setTimeout as wait } from 'node:timers/promises';
import { type HttpHandler, HttpResponse, http } from 'msw';
import { actionOf, actions } from './actions.js';
import { type Answer, type Call, type OzekiState, Refusal } from './model.js';

/** The MSW handlers of an Ozeki server over this state: one script, whose query picks the service, on any host. */
export function ozekiHandlers(state: OzekiState): HttpHandler[] {
  return [
    http.all('*/ozeki/index.php', async ({ request }) => {
      const { method, headers, url } = request;
      const call = receive(state, { method, headers, url: new URL(url), text: await request.text() });
      return send(answerTo(call));
    }),
  ];
}

function receive(state: OzekiState, request: Call['request']): Call {
  const action = actionOf(request.url, nameIn(request.text)) ?? 'unknown';
  const count = (state.counts.get(action) ?? 0) + 1;
  state.counts.set(action, count);
  const total = [...state.counts.values()].reduce((sum, each) => sum + each, 0);
  return { action, request, body: {}, count, total, state, behaviour: state.behaviour };
}

/** The `action` of a body that may be anything; what is wrong with it is said later. */
function nameIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { action?: unknown } | null)?.action;
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
    if (call.action === 'unknown') throw new Refusal('action', 'There is no such action');
    behaviour.checkMembers(call);
    const action = actions[call.action];
    call.caller = action.identify(call);
    return behaviour.succeed(call, action.run(call, call.caller));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.refusal = error;
    return behaviour.refuse(call, error);
  }
}

async function send(answer: Answer): Promise<Response> {
  if (answer.delayMs === Number.POSITIVE_INFINITY) await new Promise(() => {});
  if (answer.delayMs !== undefined) await wait(answer.delayMs);
  if (answer.drop) return HttpResponse.error();
  const text = answer.write(answer.body);
  return new HttpResponse(answer.encode?.(text) ?? text, { status: answer.status, headers: answer.headers });
}
