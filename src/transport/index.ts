/** One HTTP sender with limits, retries, pacing and a circuit breaker. */
export { type BodyText, bodyText, MAX_JSON_DEPTH, parseJson, withJson } from './answer.js';
export { type Blame, type FailureKind, notTheServer, TransportFailure } from './failure.js';
export { answersWithin, type Handshake, webSocketHandshake } from './handshake.js';
export { createHealth, type Health, type Outcome } from './health.js';
export { proxyOf } from './no-connection.js';
export { createPace, type Pace, type PaceOptions } from './pace.js';
export { type Asked, mendOf, type Page, pageOf, senderOf } from './page.js';
export { type About, type Answer, BUSY, createTransport, type Transport, type TransportOptions } from './transport.js';
