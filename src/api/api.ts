import type { ApiDoctor } from '../doctor/index.js';
import type { Environment } from '../environment/environment.js';
import type { Front } from '../environment/gateway.js';
import { didYouMean, UsageError } from '../errors.js';
import type { Exchange, Level } from '../exchange/index.js';
import type { Outcome } from '../exchange/outcome.js';
import type { Model } from '../explore/model.js';
import type { Description } from '../export/index.js';
import type { Journal } from '../journal/journal.js';
import type { Restorer } from '../journal/restore.js';
import type { Session } from '../judge/index.js';
import type { PassiveCheck } from '../passive/types.js';
import type { RecordingRules } from '../recording/index.js';
import type { Requirement, Ruling } from '../requirements/types.js';
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
  /** What the suite holds where the documentation contradicts itself. */
  rulings?: readonly Ruling[];
  /** Its section of a target file. */
  target: TargetSection<Own>;
  /** What an answer means. */
  outcome(exchange: Exchange): Outcome;
  /** What one exchange can show and no schema can say. */
  passive: PassiveCheck;
  /** How it is told from what stands before a server; left out, whatever comes is taken for the server's. */
  front?: Front;
  /** How traffic that others sent is recognised and judged. */
  recording: RecordingRules;
  doctor: ApiDoctor;
  /** Puts back what its checks change; left out where they change nothing that must be put back. */
  restorer?: Restorer;
  openapi: Description;
  /** The simulated server, loaded when it is first needed: it is heavy. */
  stub(): Promise<StubApi>;
  /** The contract as something that can be run, loaded when it is first needed; without one, `explore` has nothing to go by. */
  model?(): Promise<Model<unknown, unknown>>;
  /** The folders of its spec files, absolute. */
  specs: readonly string[];
  /** How many workers can judge at once without meeting each other on the server. */
  slots(section: Own): number;
  /** Opens a session on one account slot. */
  open(opening: Opening<Own>): Promise<Session<unknown>>;
}

/** What a session is opened with. */
export interface Opening<Own extends Section = Section> {
  /** The API with all that plugins add to it. */
  api: Api;
  section: Own;
  environment: Environment;
  /** Which of the account slots, from 0. */
  slot: number;
  journal: Journal;
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

/** The APIs of these names, in the order of the documentation; all, where none are named. Throws a `UsageError` that names `option` for an
 * unknown one. */
export function chosenApis<A extends { name: string }>(
  apis: readonly A[],
  names: readonly string[] | undefined,
  option = '--api',
): readonly A[] {
  if (names === undefined) return apis;
  const known = apis.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const mend = didYouMean(name, known);
    throw new UsageError(
      `${option}: '${name}' is no known API. Name one or more of ${known.join(', ')}, with commas between.${mend}`,
    );
  }
  return apis.filter(({ name }) => names.includes(name));
}
