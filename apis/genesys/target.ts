import { join } from 'node:path';
import { readSchema, schemaFolder } from '../../src/schemas/index.js';
import { type ResolvedTarget, type TargetSection, withoutTrailingSlashes } from '../../src/target/index.js';
import type { TargetGenesys } from '../../types/target.js';
import { genesysTarget } from './stub/target.js';

/** The Genesys section. Its URL ends without a slash. */
export interface GenesysTarget {
  url: string;
  tenantName: string;
}

/** The Genesys section of a target; `undefined` where it has none. */
export function genesysOf(target: ResolvedTarget): GenesysTarget | undefined {
  return target.sections.genesys as GenesysTarget | undefined;
}

/** The Genesys section of a target file. It names no accounts: whoever asks for a chat gets the credentials for it. */
export const genesysSection: TargetSection<GenesysTarget> = {
  schema: () => readSchema(join(schemaFolder, 'genesys', 'target.json')),
  resolve(given) {
    const { url, tenantName } = given as TargetGenesys;
    return { url: withoutTrailingSlashes(url), tenantName };
  },
  secrets: () => [],
  identities: () => [],
  starter: { url: 'https://chat.example.test', tenantName: 'Environment' },
  ofStub: genesysTarget,
  standIn: (ofStub) => ofStub,
};
