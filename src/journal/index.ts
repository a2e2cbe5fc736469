export { type FlagsByConversation, listFlags, type OzekiFlags, putFlagsBack } from './flags.js';
export { createJournal, type Journal, journalPath, type JournalEntry, memoryJournal, pendingEntries, tidyJournal } from './journal.js';
