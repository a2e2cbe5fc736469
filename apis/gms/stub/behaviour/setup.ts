import { md5 } from '../../../../src/stub/random.js';
import type { Call, SetupBehaviour } from '../call.js';

const GREETING = 'One moment please.';

export const setup: SetupBehaviour = {
  now: (call) => call.state.now(),
  chatId: (call, number) => `${String(number).padStart(5, '0')}${idOf(call, 'chat', number, 11)}`,
  userId: (call, number) => `00${idOf(call, 'user', number, 14)}`,
  secureKey: (call, number) => idOf(call, 'key', number, 16).toLowerCase(),
  alias: () => '117',
  agent: () => ({ nickname: 'Agent Smith', participantId: 2, type: 'Agent' }),
  arrive(call, chat) {
    const agent = call.behaviour.agent();
    call.behaviour.append(call, chat, agent, 'ParticipantJoined');
    call.behaviour.append(call, chat, agent, 'Message', { text: GREETING });
  },
  interject(call, chat) {
    const own = chat.events.filter(({ from }) => from.participantId === chat.client.participantId).length;
    if (own % 3 === 0) call.behaviour.append(call, chat, call.behaviour.agent(), 'Message', { text: GREETING });
  },
  idleMs: () => 60_000,
  onArrival: () => undefined,
  before: () => {},
};

/** Digits and capitals that follow from seed and number. */
function idOf(call: Call, what: string, number: number, length: number): string {
  return md5(`gms ${what} ${call.state.seed} ${number}`).slice(0, length).toUpperCase();
}
