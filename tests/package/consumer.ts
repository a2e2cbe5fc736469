// Compiled by install.spec.ts against the installed package, in the strictest mode.
import {
  type ApiName,
  catalogue,
  createStub,
  type ExchangeInput,
  type Finding,
  type GenesysBodies,
  genesysHandlers,
  type JudgedExchange,
  type OzekiConversation,
  type OzekiMuteRequest,
  ozekiHandlers,
  type RelationMessageInfo,
  type Requirement,
  relationHandlers,
  rules,
  type ServedStub,
  type Stub,
  serveStub,
  stubTarget,
  type Target,
  type UnjudgedExchange,
  type Verdict,
  type Violation,
  validateBody,
  validateExchange,
} from 'chat-api-conformance';

const api: ApiName = 'ozeki';
const request: OzekiMuteRequest = {
  action: 'mute',
  conversationid: rules.conversationIdOf(['a', 'b']),
  clientversioncode: 3,
  timestamp: rules.formatTimestamp(0),
};
export const violations: Violation[] = validateBody(api, 'mute', 'request', request);
export const ended = (body: GenesysBodies['getmessages']['response']): boolean => body.chatEnded;
export const quote = (message: RelationMessageInfo): RelationMessageInfo | null => message.quote;
export const names = (conversation: OzekiConversation): string[] =>
  conversation.participants.map(({ username }) => username);

const input: ExchangeInput = {
  request: { method: 'POST', url: 'http://a.test', body: request },
  response: { status: 200 },
};
const judged: JudgedExchange | UnjudgedExchange = validateExchange(input, { emails: ['alice@example.test'] });
export const findings: Finding[] = judged.kind === 'judged' ? judged.missed.flatMap((missed) => missed.findings) : [];
export const musts: Requirement[] = (catalogue.ozeki ?? []).filter(({ level }) => level === 'MUST');

export const handlers = [...ozekiHandlers(), ...genesysHandlers({ seed: 2 }), ...relationHandlers({ faults: [] })];
const stub: Stub = createStub({ seed: 3 });
export const served: Promise<ServedStub> = serveStub({ port: 0 });
export const target: Target = stubTarget({ url: 'http://chat.test' });
export const url: string | undefined = target.ozeki?.pairs[0]?.alice.email;
export const missed = (verdict: Verdict): string[] => verdict.requirements.map(({ id }) => id);
export const digest: string = stub.digest();

// @ts-expect-error no action of this name is documented
export const unknown: OzekiMuteRequest = { ...request, action: 'silence' };
// @ts-expect-error deep paths are no part of the package's face
export type { Slot } from 'chat-api-conformance/dist/src/schemas/registry.js';
