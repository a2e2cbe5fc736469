import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkConnections } from './connection.js';
import { apis, memberOf, sections } from './sections.js';

/** What is wrong at a path of a target file. */
export interface Problem {
  path: string;
  problem: string;
}

/** What the schema cannot say of a target file. Reads unchecked data. `source` is the file's absolute path. */
export function checkMeaning(file: unknown, source: string, env: Record<string, string | undefined>): Problem[] {
  return [
    ...checkUrls(file),
    ...checkIdentities(file),
    ...checkSigningPath(file, source),
    ...checkConnections(file, source, env),
  ];
}

function checkUrls(file: unknown): Problem[] {
  return apis.flatMap((api) => {
    const url = memberOf(memberOf(file, api), 'url');
    const problem = typeof url === 'string' ? urlProblem(url) : undefined;
    return problem === undefined ? [] : [{ path: `${api}.url`, problem }];
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

/** No account may be there twice: workers never share one, and a stranger is nobody's partner. */
function checkIdentities(file: unknown): Problem[] {
  return apis.flatMap((api) => {
    const firstPath = new Map<string, string>();
    return sections[api].identities(memberOf(file, api)).flatMap(({ path, kind, value }) => {
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

function checkSigningPath(file: unknown, source: string): Problem[] {
  const signing = memberOf(memberOf(file, 'ozeki'), 'signing');
  const path = memberOf(signing, 'path');
  if (memberOf(signing, 'scheme') !== 'module' || typeof path !== 'string') return [];
  const module = resolve(dirname(source), path);
  if (existsSync(module) && statSync(module).isFile()) return [];
  return [
    {
      path: 'ozeki.signing.path',
      problem: `there is no file ${module}: name the signing module, relative to the folder of the target file`,
    },
  ];
}
