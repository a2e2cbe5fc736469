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

/** Why a check could not go on: it needs what an answer without its documented shape does not show. */
export function misshapen(action: string): string {
  return `could not be checked: the answer of ${action} does not have the documented shape`;
}

/** The action that such a reason is about. */
export function misshapenAction(reason: string): string | undefined {
  return /^could not be checked: the answer of (\S+) does not have the documented shape/.exec(reason)?.[1];
}

/** Why a requirement is skipped whose check needs an action that was refused. */
export function needsRefused(action: string): string {
  return `needs ${action}, which was refused`;
}

/** What is said of a legal call that was not served; `answer` in words. */
export function notServed(action: string, answer: string): string {
  return `${action} was not served: ${answer}`;
}

/** The action that one of these two sentences is about. */
export function refusedAction(reason: string): string | undefined {
  return /^(?:needs (\S+), which was refused|(\S+) was not served: )/.exec(reason)?.slice(1).find(Boolean);
}
