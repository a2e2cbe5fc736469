import type { Violation } from '../exchange/index.js';
import { quickOf, type Slot } from './registry.js';
import { explain, nestedTooDeep } from './violations.js';

/** What a schema says of a body. */
export interface Judged {
  /** In words for people; empty where the body fits. */
  violations: Violation[];
  /** The requirements named by `x-requirement` of which the body holds something to judge, each once. */
  decided: string[];
}

/** What in `body` violates a schema, in words for people; empty when nothing does. */
export function validate(slot: Slot, body: unknown): Violation[] {
  return judge(slot, body).violations;
}

/** What a schema says of `body`. */
export function judge(slot: Slot, body: unknown): Judged {
  const quick = slot.quick ?? quickOf(slot);
  const decided = new Set<string>();
  try {
    if (quick.call(decided, body)) return { violations: [], decided: [...decided] };
    const violations = explain(slot, body, quick.errors ?? [], decided);
    for (const { requirement } of violations) if (requirement !== undefined) decided.add(requirement);
    return { violations, decided: [...decided] };
  } catch (error) {
    // A quote within a quote, a hundred thousand deep: the validator follows it by recursion until the stack is full.
    if (error instanceof RangeError) return { violations: [nestedTooDeep()], decided: [] };
    throw error;
  }
}
