import type { ApiName, Level } from '../exchange/index.js';

/** What kind of promise a requirement can be, and so what kind of miss. */
export const topics = ['shape', 'paging', 'time', 'ids', 'access', 'state', 'robustness'] as const;

export type Topic = (typeof topics)[number];

/** How firmly a requirement stands in the documentation; `client`: no page could be read, but public clients rely on it. */
export type Basis = 'stated' | 'example' | 'inferred' | 'client';

/** One sentence that a server can meet or miss. */
export interface Requirement {
  /** Unique over all APIs, such as `OZ-CLEAR-1`. */
  id: string;
  /** The row of the specification it comes from, such as `CLEAR-1`. */
  ref: string;
  api: ApiName;
  /** The documented action, or `*` for a requirement on all of them. */
  action: string;
  topic: Topic;
  level: 'MUST' | 'SHOULD';
  /** What a target must allow before this can be checked. */
  needs: Level;
  /** The sentence. */
  title: string;
  source: {
    page: string;
    basis: Basis;
    /** The rulings that bear on it, each with what is held. */
    rulings?: { id: string; held: string }[];
  };
}

/** What the suite holds where the pages of a documentation contradict themselves or leave something open. */
export interface Ruling {
  /** Unique over all APIs, beginning with the name of its own, such as `ozeki-clock-hours`. */
  id: string;
  /** What the pages say, in our words. */
  pages: string;
  /** What the suite holds. */
  held: string;
  /** The version of the suite that first held it so. */
  since: string;
  /** The requirements that it bears on. */
  requirements: readonly string[];
}
