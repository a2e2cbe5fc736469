import { segmentsOf } from '../exchange/pointer.js';

/** A `${NAME}` that could not be replaced, and where it stands. */
export interface SubstitutionProblem {
  /** In the words of the file: `ozeki.pairs[0].alice.apikey`. */
  path: string;
  problem: string;
}

/** What replacing left: the value, what went wrong, and the paths whose text came from the environment. */
export interface Substituted {
  value: unknown;
  problems: SubstitutionProblem[];
  fromEnvironment: Set<string>;
}

const placeholder = /\$\{([^}]*)\}?/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Replaces every `${NAME}` in every string of `value` (member names stay) by the variable of that name. What comes out of the
 * environment is not searched again. An empty variable counts as unset: CI servers pass a missing secret as an empty string.
 */
export function substitute(value: unknown, env: Record<string, string | undefined>): Substituted {
  const problems: SubstitutionProblem[] = [];
  const fromEnvironment = new Set<string>();

  const replace = (text: string, path: string): string =>
    text.replace(placeholder, (whole, name: string) => {
      fromEnvironment.add(path);
      if (!whole.endsWith('}')) {
        problems.push({ path, problem: 'a placeholder stands without its closing brace' });
      } else if (!variableName.test(name)) {
        problems.push({ path, problem: `\${${name}} names no variable: a name has letters, digits and _ only` });
      } else if (!env[name]) {
        const state = env[name] === undefined ? 'is not set' : 'is empty';
        problems.push({
          path,
          problem: `the environment variable ${name} ${state}: set it, or write the value into the file`,
        });
      } else {
        return env[name];
      }
      return whole;
    });

  const walk = (node: unknown, path: string): unknown => {
    if (typeof node === 'string') return replace(node, path);
    if (Array.isArray(node)) return node.map((item, index) => walk(item, `${path}[${index}]`));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, walk(item, joinPath(path, name))]));
  };

  return { value: walk(value, ''), problems, fromEnvironment };
}

/** A member's path in the words of the file. */
export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A JSON pointer in the words of the file: `/ozeki/pairs/0/alice` is `ozeki.pairs[0].alice`, the root is ''. */
export function pointerToPath(pointer: string): string {
  return segmentsOf(pointer).reduce(
    (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joinPath(path, part)),
    '',
  );
}
