import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { type JsonSchema, readSchema, schemaFolder } from '../schemas/index.js';
import type { TargetApi } from './section.js';

type Members = Record<string, unknown>;

/** A section of a target file, as its API describes it. */
export interface SectionSchema {
  /** The API's name, under which the section stands. */
  name: string;
  /** The schema of the section: a document of its own, whose `$defs` are put beside those of the others. */
  schema: JsonSchema;
  /** The names of its actions, of which a server may lack some. */
  actions: readonly string[];
}

/** The section of an API as a target file's schema needs it. */
export function sectionSchemaOf({ name, target, actions }: TargetApi): SectionSchema {
  return { name, schema: target.schema(), actions: Object.keys(actions) };
}

/** The member of each section that names the actions which its server does not have. */
function withoutMember(actions: readonly string[]): Members {
  return {
    type: 'array',
    uniqueItems: true,
    items: { enum: [...actions] },
    description:
      'The actions that this server does not have. Their requirements are skipped, and so is what needs one of them elsewhere.',
  };
}

/** The members that stand at the top of a target file and in each section alike: how to get past what stands before a server. */
const connectionMembers = Object.fromEntries(
  ['headers', 'basicAuth', 'tls', 'proxy', 'cookies', 'userAgent', 'requestId'].map((member) => [
    member,
    { $ref: `#/$defs/${member}` },
  ]),
);

/**
 * The schema of a target file for these APIs: what every target file has, and a section an API, of which one at least must be there.
 * @throws UsageError where two sections define a shape of one name differently
 */
export function targetSchemaOf(sections: readonly SectionSchema[]): JsonSchema {
  const base = readSchema(join(schemaFolder, 'target.base.json'));
  const properties: Members = { ...(base.properties as Members) };
  const $defs: Members = { ...(base.$defs as Members | undefined) };
  const define = (name: string, shape: unknown) => {
    if (name in $defs && JSON.stringify($defs[name]) !== JSON.stringify(shape))
      throw new UsageError(`Two sections of a target file define a shape named ${name}. Give one another name.`);
    $defs[name] = shape;
  };
  for (const { name, schema, actions } of sections) {
    if (name in properties)
      throw new UsageError(`An API is named ${name}, as a member of every target file is. Give it another name.`);
    const { $schema: _dialect, $id: _id, title: _title, $defs: shapes = {}, ...section } = schema as Members;
    for (const [shape, described] of Object.entries(shapes as Members)) define(shape, described);
    const without = withoutMember(actions);
    define(name, { ...section, properties: { ...(section.properties as Members), without, ...connectionMembers } });
    properties[name] = { $ref: `#/$defs/${name}` };
  }
  return {
    ...base,
    $id: base.$id.replace('target.base', 'target'),
    title: 'Target file',
    properties,
    anyOf: sections.map(({ name }) => ({ required: [name], properties: { [name]: true } })),
    $defs,
  };
}
