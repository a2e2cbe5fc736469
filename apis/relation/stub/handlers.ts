import { type HttpHandler, http } from 'msw';
import { type Answer, countCall, send } from '../../../src/stub/answer.js';
import { actionOf, actions } from './actions.js';
import type { Call, RelationState } from './call.js';
import { Refusal } from './model.js';

/** The MSW handlers of a Relation server over this state, on any host. */
export function relationHandlers(state: RelationState): HttpHandler[] {
  return [
    http.all('*/api/v1/*', async ({ request }) => {
      const taken = state.behaviour.onArrival(state);
      const { method, headers, url } = request;
      const asked = { method, headers, url: new URL(url), text: await request.text() };
      const call = receive(state, asked, taken);
      return send(answerTo(call));
    }),
  ];
}

function receive(state: RelationState, request: Call['request'], taken: unknown): Call {
  const action = actionOf(request.method, request.url.pathname.replace(/\/$/, '')) ?? 'unknown';
  return { action, request, members: {}, taken, ...countCall(state.counts, action), state, behaviour: state.behaviour };
}

function answerTo(call: Call): Answer {
  const answer = serve(call);
  return call.state.answerHooks.reduce((given, change) => change(given, call), answer);
}

function serve(call: Call): Answer {
  const { behaviour } = call;
  const { headers } = call.request;
  try {
    behaviour.before(call);
    if (call.action === 'unknown') throw new Refusal('action', 'no such action');
    behaviour.checkApiKey(call, headers.get('ApiKey'));
    call.caller =
      call.action === 'auth'
        ? behaviour.addressOwner(call, headers.get('I-Authorization'))
        : behaviour.userOf(call, headers.get('Authorization'));
    call.members = behaviour.readMembers(call);
    return behaviour.succeed(call, actions[call.action](call, call.caller));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    call.refusal = error;
    return behaviour.refuse(call, error);
  }
}
