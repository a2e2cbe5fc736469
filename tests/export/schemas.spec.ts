import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { actionsOf, bundledSchema, bundledSchemas, examplesOf, validateBody } from '../../apis/bodies.js';
import type { JsonSchema } from '../../src/schemas/index.js';
import { apis } from '../apis.js';
import { expect, test } from '../test.js';

/** A validator that has never heard of the project: each schema must bring all that it needs. */
function compile(schema: JsonSchema) {
  const ajv = new Ajv2020({ strict: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

for (const api of apis) {
  test(`every documented ${api} body fits its bundled schema`, () => {
    for (const { action, part, body } of examplesOf(api)) {
      const validate = compile(bundledSchema(api, action, part));
      validate(body);
      expect(validate.errors ?? [], `${action} ${part}`).toEqual([]);
    }
  });

  test(`the bundled schemas of ${api} refuse what the schemas refuse`, () => {
    for (const { action, part, body } of examplesOf(api)) {
      const validate = compile(bundledSchema(api, action, part));
      for (const member of Object.keys(body as object)) {
        const without = { ...(body as object), [member]: undefined };
        const broken = JSON.parse(JSON.stringify(without)) as unknown;
        expect(validate(broken), `${action} ${part} without ${member}`).toBe(
          validateBody(api, action, part, broken).length === 0,
        );
      }
    }
  });

  test(`there is a file for every ${api} body and for the refusal, each with its own shapes alone`, () => {
    const files = bundledSchemas(api);
    expect(files.size).toBe(2 * actionsOf(api).length + 1);
    for (const [name, schema] of files) {
      const text = JSON.stringify(schema);
      const referred = new Set([...text.matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)].map((match) => match[1]));
      expect(Object.keys(schema.$defs ?? {}).sort(), name).toEqual([...referred].sort());
      expect(text).not.toContain('shared.json');
      expect(schema.$id).toMatch(new RegExp(`/schemas/bundled/${api}/${name}$`));
    }
  });
}
