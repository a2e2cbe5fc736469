import type { Rule as RuleOf } from '../../../src/explore/rule.js';
import type { Seen } from './advance.js';

export { miss } from '../../../src/explore/rule.js';

/** A rule of the Relation API. */
export type Rule = RuleOf<Seen>;
