import { join } from 'node:path';
import { readSchema, schemaFolder } from '../../src/schemas/index.js';
import { type ResolvedTarget, type TargetSection, withoutTrailingSlashes } from '../../src/target/index.js';
import type { TargetGms } from '../../types/target.js';
import { gmsTarget } from './stub/target.js';

/** The GMS section. Its URL goes up to and with `chat`, and ends without a slash. */
export interface GmsTarget {
  url: string;
  serviceName: string;
  /** Further fields of every Request Chat, by their names in the form. */
  form: Readonly<Record<string, string>>;
}

/** The GMS section of a target; `undefined` where it has none. */
export function gmsOf(target: ResolvedTarget): GmsTarget | undefined {
  return target.sections.gms as GmsTarget | undefined;
}

/** The GMS section of a target file. It names no accounts: whoever asks for a chat gets the credentials for it. */
export const gmsSection: TargetSection<GmsTarget> = {
  schema: () => readSchema(join(schemaFolder, 'gms', 'target.json')),
  resolve(given) {
    const { url, serviceName, form = {} } = given as TargetGms;
    return { url: withoutTrailingSlashes(url), serviceName, form };
  },
  secrets: () => [],
  identities: () => [],
  starter: { url: 'https://gms.example.test/genesys/2/chat', serviceName: 'customer-support' },
  ofStub: gmsTarget,
  standIn: (ofStub) => ofStub,
};
