import { md5 } from '../../../../src/stub/random.js';
import type { Call, SetupBehaviour } from '../call.js';

const GREETING = 'agent will be with you shortly ...';

export const setup: SetupBehaviour = {
  now: (call) => call.state.now(),
  chatId: (call, number) => `${String(number).padStart(5, '0')}${idOf(call, 'chat', number, 11)}`,
  userId: (call, number) => `00${idOf(call, 'user', number, 14)}`,
  secureKey: (call, number) => idOf(call, 'key', number, 16).toLowerCase(),
  alias: (_call, number) => String(116 + number),
  external: () => ({ nickname: 'system', participantId: 2, type: 'External' }),
  arrive(call, chat) {
    const external = call.behaviour.external();
    call.behaviour.append(call, chat, external, 'ParticipantJoined');
    call.behaviour.append(call, chat, external, 'Message', GREETING);
  },
  interject(call, chat) {
    const own = chat.events.filter(({ from }) => from.participantId === chat.client.participantId).length;
    if (own % 3 === 0) call.behaviour.append(call, chat, call.behaviour.external(), 'Message', GREETING);
  },
  idleMs: () => 45_000,
  onArrival: () => undefined,
  before: () => {},
};

/** Digits and capitals that follow from seed and number. */
function idOf(call: Call, what: string, number: number, length: number): string {
  return md5(`genesys ${what} ${call.state.seed} ${number}`).slice(0, length).toUpperCase();
}
