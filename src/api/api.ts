import type { ApiDoctor } from '../doctor/index.js';
import type { Exchange, Level } from '../exchange/index.js';
import type { Outcome } from '../exchange/outcome.js';
import type { Model } from '../explore/model.js';
import type { Description } from '../export/index.js';
import type { PassiveCheck } from '../passive/types.js';
import type { Requirement } from '../requirements/types.js';
import type { Schemas } from '../schemas/index.js';
import type { StubApi } from '../stub/index.js';
import type { Section, TargetSection } from '../target/index.js';

/** What the engine must know of an action; each API's rows say more. */
export interface ActionRow {
  /** The page of the documentation that describes it. */
  page: string;
  level: Level;
}

/** A documented HTTP API as one value: all that the suite knows of it, but for its checks. */
export interface Api<Own extends Section = Section> {
  /** That of its folders, of its section of a target file and in a verdict, such as `ozeki`. */
  name: string;
  /** What people call it in headings, such as `Ozeki`. */
  label: string;
  /** The full name, such as `Ozeki Chat Client API`. */
  title: string;
  /** The documented actions by name, in the order of the documentation. */
  actions: Readonly<Record<string, ActionRow>>;
  schemas: Schemas;
  requirements: readonly Requirement[];
  /** Its section of a target file. */
  target: TargetSection<Own>;
  /** What an answer means. */
  outcome(exchange: Exchange): Outcome;
  /** What one exchange can show and no schema can say. */
  passive: PassiveCheck;
  doctor: ApiDoctor;
  openapi: Description;
  /** The simulated server, loaded when it is first needed: it is heavy. */
  stub(): Promise<StubApi>;
  /** The contract as something that can be run, loaded when it is first needed; without one, `explore` has nothing to go by. */
  model?(): Promise<Model<unknown, unknown>>;
  /** The folders of its spec files, absolute. */
  specs: readonly string[];
}

/** The API of this name. Throws where none of them has it. */
export function named<A extends { name: string }>(apis: readonly A[], name: string): A {
  const found = apis.find((api) => api.name === name);
  if (found === undefined)
    throw new Error(`There is no API ${name}. Known: ${apis.map((api) => api.name).join(', ')}.`);
  return found;
}

/** The requirements of some APIs, in the order of the documentation. */
export function requirementsOf(apis: readonly Pick<Api, 'requirements'>[]): Requirement[] {
  return apis.flatMap(({ requirements }) => requirements);
}
