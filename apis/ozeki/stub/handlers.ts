import { type HttpHandler, http } from 'msw';
import { type Answer, countCall, memberIn, send } from '../../../src/stub/answer.js';
import { actionOf, actions } from './actions.js';
import type { Call, OzekiState } from './call.js';
import { Refusal } from './model.js';

/** The MSW handlers of an Ozeki server over this state: one script, whose query picks the service, on any host. */
export function ozekiHandlers(state: OzekiState): HttpHandler[] {
  return [
    http.all('*/ozeki/index.php', async ({ request }) => {
      const taken = state.behaviour.onArrival(state);
      const { method, headers, url } = request;
      const call = receive(state, { method, headers, url: new URL(url), text: await request.text() }, taken);
      return send(answerTo(call));
    }),
  ];
}

function receive(state: OzekiState, request: Call['request'], taken: unknown): Call {
  const action = actionOf(request.url, memberIn(request.text, 'action')) ?? 'unknown';
  return { action, request, body: {}, taken, ...countCall(state.counts, action), state, behaviour: state.behaviour };
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
