import { didYouMean } from '../errors.js';
import { joinPath } from './substitute.js';

/** As much of JSON Schema as the target's schema uses to name members. */
interface Node {
  $ref?: string;
  $defs?: Record<string, Node>;
  properties?: Record<string, Node>;
  items?: Node;
}

/** Every member of a target file that its schema does not know, by path, with the nearest name that it does know. */
/** @param schema that of a target file */
export function unknownMembers(file: unknown, schema: object): { path: string; problem: string }[] {
  const root = schema as Node;
  return walk(file, root, '', root);
}

function walk(value: unknown, described: Node, path: string, root: Node): { path: string; problem: string }[] {
  const node = described.$ref === undefined ? described : (root.$defs?.[described.$ref.replace('#/$defs/', '')] ?? {});
  if (Array.isArray(value)) {
    const { items } = node;
    return items === undefined ? [] : value.flatMap((item, index) => walk(item, items, `${path}[${index}]`, root));
  }
  const { properties } = node;
  if (typeof value !== 'object' || value === null || properties === undefined) return [];
  const known = Object.keys(properties).filter((name) => name !== '$schema');
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (inner !== undefined) return walk(member, inner, joinPath(path, name), root);
    const mend = didYouMean(name, known) || ` Known here: ${known.join(', ')}.`;
    return [{ path: joinPath(path, name), problem: `no member of this name is known.${mend}` }];
  });
}
