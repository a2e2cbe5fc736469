import { join } from 'node:path';
import { createSchemas, schemaFolder } from '../../src/schemas/index.js';

/** The schemas of the bodies. A request is described by the members of its form, an answer of a file by nothing. */
export const gmsSchemas = createSchemas('gms', [join(schemaFolder, 'gms')]);
