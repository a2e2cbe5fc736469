export { type CleanedUp, cleanUp } from '../../apis/ozeki/cleanup.js';
export { type FlagsByConversation, listFlags, type OzekiFlags, putFlagsBack } from '../../apis/ozeki/flags.js';
export {
  createJournal,
  type Journal,
  type JournalEntry,
  journalPath,
  memoryJournal,
  type PendingEntry,
  pendingEntries,
  tidyJournal,
  type Writer,
} from './journal.js';
