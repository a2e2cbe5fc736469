/** A small API of the tests: one action, with a member of each kind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accountable } from '../../src/ledger/index.js';
import { createSchemas } from '../../src/schemas/index.js';

const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

const response = {
  type: 'object',
  required: ['status', 'note', 'rooms', 'names', 'colour', 'count'],
  properties: {
    status: { type: 'string', const: 'OK' },
    note: { type: 'string' },
    colour: { enum: ['red', 'blue'] },
    count: { type: 'integer' },
    names: { type: 'object', additionalProperties: { type: 'string' } },
    rooms: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'open', 'made', 'users', 'parent'],
        properties: {
          id: ref('id'),
          open: { type: 'boolean' },
          made: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' },
          users: { type: 'array', items: ref('id') },
          parent: { anyOf: [{ type: 'null' }, ref('id')] },
        },
      },
    },
  },
  $defs: { id: { type: 'string', pattern: '^[0-9a-f]{8}$' } },
};

/** Makes the API in a folder, with these files of a ledger beside its schemas. */
export function demoApi(folder: string, files: Record<string, unknown> = {}): Accountable {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content));
  const schema = (name: string, rest: object) => {
    const $id = `https://demo.example/${name}`;
    write(name, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id,
      title: name,
      description: name,
      ...rest,
    });
  };
  schema('show.request.json', { type: 'object' });
  schema('show.response.json', response);
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    name: 'demo',
    actions: { show: { page: 'Show' } },
    schemas: createSchemas('demo', [folder]),
    requirements: [
      {
        id: 'DE-SHOW-1',
        ref: 'SHOW-1',
        api: 'demo',
        action: 'show',
        topic: 'shape',
        level: 'MUST',
        needs: 'read',
        title: 'It shows.',
        source: { page: 'Show', basis: 'stated' },
      },
    ],
  };
}
