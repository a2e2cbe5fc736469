import { type HttpHandler, http } from 'msw';
import { type Answer, countCall, memberIn, send } from '../../../src/stub/answer.js';
import { actionOf, chatIdOf, run } from './actions.js';
import type { Call, GenesysState } from './call.js';
import { Refusal } from './model.js';

const CHATS = /\/api\/v2\/chats(\/[^?]*)?(\?.*)?$/;

/** The MSW handlers of a Genesys server over this state, on any host. */
export function genesysHandlers(state: GenesysState): HttpHandler[] {
  return [
    http.all(CHATS, async ({ request }) => {
      const url = new URL(request.url);
      const taken = state.behaviour.onArrival(state, chatIdOf(url));
      const call = receive(state, { method: request.method, url, text: await request.text() }, taken);
      return send(answerTo(call));
    }),
  ];
}

function receive(state: GenesysState, request: Call['request'], taken: unknown): Call {
  const { action, chatId } = actionOf(request.url, memberIn(request.text, 'operationName'));
  return {
    action,
    chatId,
    request,
    body: {},
    taken,
    ...countCall(state.counts, action),
    state,
    behaviour: state.behaviour,
  };
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
