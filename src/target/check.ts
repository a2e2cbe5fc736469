import { checkConnections } from './connection.js';
import { memberOf, type Problem, type TargetApi } from './section.js';

/** What the schema cannot say of a target file. Reads unchecked data. `source` is the file's absolute path. */
export function checkMeaning(
  file: unknown,
  { source, apis, env }: { source: string; apis: readonly TargetApi[]; env: Record<string, string | undefined> },
): Problem[] {
  const own = apis.flatMap(({ name, target }) => target.problems?.(memberOf(file, name), source) ?? []);
  return [
    ...checkUrls(file, apis),
    ...checkIdentities(file, apis),
    ...checkConnections(file, { source, apis, env }),
    ...own,
  ];
}

function checkUrls(file: unknown, apis: readonly TargetApi[]): Problem[] {
  return apis.flatMap(({ name }) => {
    const url = memberOf(memberOf(file, name), 'url');
    const problem = typeof url === 'string' ? urlProblem(url) : undefined;
    return problem === undefined ? [] : [{ path: `${name}.url`, problem }];
  });
}

/** The text is never quoted: a URL may hold a password. */
function urlProblem(text: string): string | undefined {
  if (/\s/.test(text)) return 'white space stands in the URL: take it out';
  if (!URL.canParse(text)) return 'this is no absolute URL: write one such as https://staging.example';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `the scheme ${url.protocol} cannot be tested: write a URL that starts with http:// or https://`;
  }
  if (!/^https?:\/\//i.test(text)) return 'two slashes are missing after the scheme: write https://';
  if (url.username !== '' || url.password !== '') {
    return 'a user name or a password stands in the URL: take it out, and write it as "basicAuth": { "username": …, "password": … }';
  }
  if (text.includes('#')) return 'a fragment (#…) stands in the URL: take it out, it is never sent';
  if (text.includes('?')) return 'a query (?…) stands in the URL: take it out, the suite adds its own';
  return undefined;
}

/** No account may be there twice: workers never share one, and an outsider is nobody's partner. */
function checkIdentities(file: unknown, apis: readonly TargetApi[]): Problem[] {
  return apis.flatMap(({ name, target }) => {
    const firstPath = new Map<string, string>();
    return target.identities(memberOf(file, name)).flatMap(({ path, kind, value }) => {
      const key = `${kind} ${value}`;
      const before = firstPath.get(key);
      if (before === undefined) {
        firstPath.set(key, path);
        return [];
      }
      return [
        {
          path,
          problem: `the same ${kind} stands at ${before}: each account must be another one, with its own ${kind}`,
        },
      ];
    });
  });
}
