/** Reason of a requirement that no check came to. */
export const notReached = 'not reached';

/** Reason of a requirement whose check belongs to another shard. */
export const notSelected = 'not selected in this shard';

/** Reason of a requirement that a selection leaves out. */
export const notChosen = 'not selected';

/** Reason of a requirement that an interrupted run did not come to. */
export const interruptedReason = 'the run was interrupted before this was checked';

/** Why a run with a budget stopped, in words for people. */
export function outOfBudget(seconds: number): string {
  return `its budget of ${seconds} s was used up`;
}

/** Whether the run was never to check this: another shard does, or the selection leaves it out. */
export function isElsewhere({ status, reason }: { status: string; reason?: string }): boolean {
  return status === 'skip' && (reason === notSelected || reason === notChosen);
}
