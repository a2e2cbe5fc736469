/** Reason of a requirement that no check came to. */
export const notReached = 'not reached';

/** Reason of a requirement whose check belongs to another shard. */
export const notSelected = 'not selected in this shard';

/** Reason of a requirement that an interrupted run did not come to. */
export const interruptedReason = 'the run was interrupted before this was checked';
