export { absent, allows, type Definition, judge, type Session, type SessionKeeper } from './judge.js';
export { type Attempt, type CheckLog, createCheckLog } from './log.js';
export { type Narrator, silentNarrator, type Told } from './narrator.js';
export { Interrupted, NotServed, Skip } from './signals.js';
