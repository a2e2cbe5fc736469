import { join } from 'node:path';
import { createSchemas, schemaFolder } from '../../src/schemas/index.js';

/** The schemas of the bodies, drawn from the documentation. */
export const ozekiSchemas = createSchemas('ozeki', [join(schemaFolder, 'ozeki')]);
