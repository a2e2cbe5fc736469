import { apiName } from '../requirements/allure.js';
import { apiLine, type RequirementVerdict, type Status, type Verdict, verdictLine } from '../verdict/index.js';
import { evidenceTitle, findingLines, often } from './text.js';

/** `junit.xml` of a verdict: a suite an API, a case a requirement; in the dialect that Jenkins and Ant share. */
export function renderJunit(verdict: Verdict): string {
  const apis = [...new Set(verdict.requirements.map(({ api }) => api))];
  const suites = apis.map((api, index) => {
    const requirements = verdict.requirements.filter((requirement) => requirement.api === api);
    return suite(verdict, api, index, requirements);
  });
  const { tests, failures, errors, time } = totals(verdict.requirements);
  const name = `chat-api-conformance ${verdict.target}`;
  const attributes = { name, tests, failures, errors, time };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

type Attributes = Record<string, string | number>;

function suite(
  verdict: Verdict,
  api: RequirementVerdict['api'],
  id: number,
  requirements: RequirementVerdict[],
): string {
  const facts = {
    target: verdict.target,
    url: verdict.urls?.[api] ?? '',
    verdict: verdict.verdict,
    'verdict in words': verdictLine(verdict),
    'verdict of the API': verdict.apis?.[api]?.verdict ?? verdict.verdict,
    'verdict of the API in words': apiLine(verdict, api),
    strict: `${verdict.strict}`,
    allow: verdict.allow ?? '',
  };
  const properties = Object.entries(facts).map(([name, value]) => element('property', { name, value }));
  // The dialect takes no fraction of a second and no zone.
  const attributes = {
    name: apiName(api),
    package: api,
    id,
    timestamp: verdict.startedAt.slice(0, 19),
    hostname: verdict.target,
    ...totals(requirements),
  };
  const cases = requirements.map((requirement) => testCase(requirement));
  return element('testsuite', attributes, [element('properties', {}, properties), ...cases]);
}

function totals(
  requirements: readonly RequirementVerdict[],
): Record<'tests' | 'failures' | 'errors' | 'skipped', number> & { time: string } {
  const of = (...statuses: Status[]): number => requirements.filter(({ status }) => statuses.includes(status)).length;
  const ms = requirements.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
  return {
    tests: requirements.length,
    failures: of('fail'),
    errors: of('error'),
    skipped: of('skip', 'waived'),
    time: seconds(ms),
  };
}

function testCase(requirement: RequirementVerdict): string {
  const { id, api, action, title, level, durationMs = 0 } = requirement;
  const classname = `${api}.${action === '*' ? 'every' : action}`;
  return element(
    'testcase',
    { name: `${id} ${title}`, classname, time: seconds(durationMs) },
    outcome(requirement, level),
  );
}

function outcome(requirement: RequirementVerdict, level: string): string[] {
  const { status, reason = '', cause, waiver } = requirement;
  switch (status) {
    case 'pass':
      return [];
    case 'fail':
      return [element('failure', { message: reason, type: `${level} missed` }, [text(details(requirement))])];
    case 'warn':
      return [element('system-out', {}, [text(`${level} missed, a warning: ${details(requirement)}`)])];
    case 'error':
      return [element('error', { message: reason, type: cause ?? 'environment' }, [text(details(requirement))])];
    case 'skip':
      return [element('skipped', { message: reason })];
    case 'waived': {
      const note =
        waiver === undefined ? '' : ` (${waiver.ticket}, ${waiver.owner}, until ${waiver.expires}: ${waiver.reason})`;
      return [element('skipped', { message: `waived${note}: ${reason}` })];
    }
  }
}

function details(requirement: RequirementVerdict): string {
  const { reason = '', findings = [], evidence = [], source } = requirement;
  return [
    ...(findings.some(({ message }) => message === reason) ? [] : [reason]),
    ...findings.flatMap(findingLines),
    often(requirement),
    `page: ${source.page} (${source.basis})`,
    ...(source.rulings ?? []).map(({ id, held }) => `ruling ${id}: ${held}`),
    ...evidence.map((entry) => `${evidenceTitle(entry)}\n  ${entry.curl}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(`${value}`)}"`);
  const open = `<${name}${pairs.join('')}`;
  if (children.length === 0) return `${open}/>`;
  const [only] = children;
  if (children.length === 1 && only !== undefined && !only.startsWith('<')) return `${open}>${only}</${name}>`;
  return `${open}>\n${children.join('\n')}\n</${name}>`;
}

function text(value: string): string {
  return legal(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function attribute(value: string): string {
  return text(value).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\r/g, '&#13;').replace(/\t/g, '&#9;');
}

/** `value` with U+FFFD for every character that XML 1.0 forbids, lone surrogates included. */
function legal(value: string): string {
  return value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
