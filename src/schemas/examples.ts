import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../exchange/index.js';
import { type Part, schemaFolder } from './registry.js';

/** A documented body, with the page it stands on. Elisions are kept; `mend` says what was not JSON on the page. */
export interface Example {
  action: string;
  part: Part;
  page: string;
  mend?: string;
  body: unknown;
}

/** Every documented body of an API, by action. Read from disk at each call. */
export function examplesOf(api: Api): Example[] {
  const folder = join(schemaFolder, api, 'examples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example);
}
