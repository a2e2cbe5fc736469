/** The room of the ledger: which lies a server could tell about the members of its answers, and what catches each. */
export {
  type Accountable,
  type Entry,
  type Excuse,
  type Ledger,
  ledgerOf,
  type Tries,
  triesFile,
  triesOf,
  withTries,
} from './ledger.js';
export { createLiar, type Fits, fitsOf, type Liar, type Lie } from './liar.js';
export { type Kind, type Member, membersOf } from './members.js';
export { lieOperators, operatorsFor } from './operators.js';
export { countsOf, ledgerLines, ledgerPage } from './tell.js';
