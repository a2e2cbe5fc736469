import type { Violation } from '../exchange/index.js';
import { quickOf, type Slot } from './registry.js';
import { explain, nestedTooDeep } from './violations.js';

/** What in `body` violates a schema, in words for people; empty when nothing does. */
export function validate(slot: Slot, body: unknown): Violation[] {
  const quick = slot.quick ?? quickOf(slot);
  try {
    return quick(body) ? [] : explain(slot, body, quick.errors ?? []);
  } catch (error) {
    // A quote within a quote, a hundred thousand deep: the validator follows it by recursion until the stack is full.
    if (error instanceof RangeError) return [nestedTooDeep()];
    throw error;
  }
}
