export { type Attempt, type CheckLog, createCheckLog } from './log.js';
export { allows, type Definition, judge, type Session, type SessionKeeper } from './judge.js';
export { NotServed, Skip } from './signals.js';
