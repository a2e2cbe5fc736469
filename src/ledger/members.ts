import { isNode, type JsonSchema, type Node, referredTo, type Schemas } from '../schemas/index.js';

/** What a member of an answer is, as far as its schema tells: what lies there are about it depends on that. */
export type Kind = 'text' | 'time' | 'number' | 'truth' | 'choice' | 'array' | 'map' | 'object' | 'fixed';

/** A documented member of the answers of an action: a leaf, or an array. */
export interface Member {
  action: string;
  /** JSON pointer into the answer; the segment `*` stands for every item of an array and every member of a map. */
  path: string;
  kind: Kind;
  /** Members of one pool hold values of the same sort, whichever action answers them: the name of their shared shape, else their own. */
  pool: string;
  /** The schema allows null. */
  nullable: boolean;
  /** The values of a choice. */
  choices: readonly unknown[];
}

/** A schema that judges a member, and the base of its references. */
interface Part {
  node: Node;
  base: string;
}

/** Every leaf and every array of the answers of each action, in the order of the schemas. A shape within itself is followed once. */
export function membersOf(schemas: Schemas): Member[] {
  const documents = schemas.documents();
  return schemas.actions().flatMap((action) => {
    const schema = schemas.schemaOf(action, 'response');
    return membersAt(
      { action, path: '', name: '', parts: partsOf(schema, schema.$id, documents), within: [] },
      documents,
    );
  });
}

interface Place {
  action: string;
  path: string;
  /** The last name on the way that is no `*`. */
  name: string;
  parts: Parts;
  /** The shapes around it. */
  within: readonly string[];
}

interface Parts {
  parts: readonly Part[];
  /** The shared shape that is nearest, by its name. */
  shape?: string;
}

function membersAt(place: Place, documents: ReadonlyMap<string, JsonSchema>): Member[] {
  const {
    action,
    path,
    name,
    parts: { parts, shape },
    within,
  } = place;
  const types = new Set(parts.flatMap(({ node }) => (node.type ?? []) as string | string[]));
  const nullable = types.delete('null');
  const choices = parts.flatMap(({ node }) => (Array.isArray(node.enum) ? node.enum : []));
  const member = (kind: Kind): Member => ({ action, path, kind, pool: shape ?? name, nullable, choices });
  const below = (segment: string, schemas: readonly Part[]): Member[] => {
    const all = schemas.map(({ node, base }) => partsOf(node, base, documents));
    const inner = { parts: all.flatMap((each) => each.parts), shape: all.find((each) => each.shape)?.shape };
    const next = segment === '*' ? name : segment;
    return membersAt(
      { action, path: `${path}/${segment}`, name: next, parts: inner, within: shape ? [...within, shape] : within },
      documents,
    );
  };
  if (parts.some(({ node }) => 'const' in node)) return [member('fixed')];
  if (types.has('array')) {
    const items = childrenOf(parts, 'items');
    const inner = items.some(({ node }) => 'type' in node || '$ref' in node) ? below('*', items) : [];
    // Items that are leaves are judged by the membership of their array.
    return [member('array'), ...inner.filter((each) => each.path !== `${path}/*`)];
  }
  if (types.has('object')) {
    if (shape !== undefined && within.filter((each) => each === shape).length > 1) return [member('object')];
    const own = propertiesOf(parts).flatMap(([segment, schemas]) => below(segment, schemas));
    const values = childrenOf(parts, 'additionalProperties');
    const map = values.length === 0 ? [] : [member('map'), ...below('*', values)];
    const whole = nullable ? [member('object')] : [];
    return path === '' ? [...own, ...map] : [...whole, ...own, ...map];
  }
  const [type] = types;
  if (choices.length > 0) return [member('choice')];
  if (type === 'boolean') return [member('truth')];
  if (type === 'string' || type === 'integer' || type === 'number') {
    if (parts.some(({ node }) => isTime(node))) return [member('time')];
    return [member(type === 'string' ? 'text' : 'number')];
  }
  return [member('fixed')];
}

/** The schemas that judge the same value, those that are referred to included. `not` and `if` say nothing of its shape. */
function partsOf(node: Node, base: string, documents: ReadonlyMap<string, JsonSchema>): Parts {
  const found: Part[] = [{ node, base }];
  let shape: string | undefined;
  const add = (inner: unknown, from: string) => {
    if (!isNode(inner)) return;
    const { parts, shape: nearest } = partsOf(inner, from, documents);
    found.push(...parts);
    shape ??= nearest;
  };
  if (typeof node.$ref === 'string') {
    const { schema, base: there } = referredTo(node.$ref, base, documents);
    shape = node.$ref.split('/').at(-1);
    add(schema, there);
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) for (const each of [node[keyword]].flat()) add(each, base);
  return { parts: found, shape };
}

function childrenOf(parts: readonly Part[], keyword: string): Part[] {
  return parts.flatMap(({ node, base }) => (isNode(node[keyword]) ? [{ node: node[keyword], base }] : []));
}

/** The schemas of each property, by its name. */
function propertiesOf(parts: readonly Part[]): [string, Part[]][] {
  const found = new Map<string, Part[]>();
  for (const { node, base } of parts)
    for (const [name, schema] of Object.entries(isNode(node.properties) ? node.properties : {})) {
      const known = found.get(name) ?? [];
      found.set(name, isNode(schema) ? [...known, { node: schema, base }] : known);
    }
  return [...found];
}

/** Whether a schema is that of a point in time: it takes one, and not any text or number. */
function isTime({ pattern, minimum }: Node): boolean {
  if (typeof minimum === 'number') return minimum >= 1e9;
  if (typeof pattern !== 'string') return false;
  const takes = (text: string) => new RegExp(pattern, 'u').test(text);
  return !takes('5') && (takes('2024-03-08 14:12:48') || takes('1665219502000'));
}
