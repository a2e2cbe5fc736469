import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Attachment,
  ContentType,
  type Label,
  LabelName,
  Severity,
  Stage,
  Status,
  type TestResult,
} from 'allure-js-commons';
import { stringifyEnvInfo } from 'allure-js-commons/sdk/reporter';
import { packageVersion } from '../root.js';
import { normalise } from '../verdict/fingerprint.js';
import {
  apiLine,
  type Evidence,
  isMissed,
  numbersOf,
  type RequirementVerdict,
  type Verdict,
  verdictLine,
  waiverEntry,
} from '../verdict/index.js';
import { renderSummary } from './terminal.js';
import {
  actionName,
  apiName,
  evidencePage,
  evidenceTitle,
  fenced,
  findingLines,
  markdown,
  often,
  pageTable,
} from './text.js';

/** The label that puts misses of one cause under one heading. */
export const causeLabel = 'cause';

/** Kinds of miss, by topic, as the report's categories; what could not be checked has one of its own. */
export const categories = [
  { name: 'shape', label: 'Shape: a body or header is not as documented' },
  { name: 'paging', label: 'Paging: messages lost, doubled or out of order' },
  { name: 'time', label: 'Time: wrong clock, zone or format' },
  { name: 'ids', label: 'Ids: not as documented' },
  { name: 'access', label: 'Access: data or change for one who may not' },
  { name: 'state', label: 'State: a change is lost or touches too much' },
  { name: 'robustness', label: 'Robustness: bad input breaks it' },
] as const;

export const environmentCategory = 'Environment: could not be checked';
export const serverCategory = 'Server: hung, reset or answered no HTTP';

/** How much evidence a report carries: body characters a message, exchanges a miss. */
interface Detail {
  body: number;
  exchanges: number;
}

const leastDetail: Detail = { body: 256, exchanges: 1 };

/** The first that fits is taken. */
const detail: readonly Detail[] = [
  { body: 64 * 1024, exchanges: 12 },
  { body: 16 * 1024, exchanges: 6 },
  { body: 4 * 1024, exchanges: 3 },
  { body: 1024, exchanges: 2 },
];

/** Characters of evidence that leave the HTML of a thousand misses under 8 MB, even where they do not compress. */
const attachmentBudget = 2_000_000;

/** Writes `verdict` as Allure results into `folder`, which is made where it is missing. */
export function writeAllureResults(folder: string, verdict: Verdict): void {
  mkdirSync(folder, { recursive: true });
  const pages = attachmentsOf(verdict.requirements);
  const files = new Map<string, string>();
  for (const page of pages.values()) for (const { source, content } of page) files.set(source, content);
  const summary = `${randomUUID()}-attachment.txt`;
  files.set(summary, `${renderSummary(verdict, { color: false, width: 110 })}\n`);
  files.set(`${randomUUID()}-globals.json`, JSON.stringify(globals(verdict, summary)));
  files.set('environment.properties', stringifyEnvInfo(environment(verdict)));
  files.set('categories.json', JSON.stringify(allure2Categories()));
  for (const [index, requirement] of verdict.requirements.entries()) {
    const attachments = (pages.get(requirement.id) ?? []).map(({ name, source, type }) => ({ name, source, type }));
    const result = testResult(requirement, startOf(verdict, index), attachments);
    files.set(`${result.uuid}-result.json`, JSON.stringify(result));
  }
  // Thousands of small files: one after the other is faster than through the thread pool.
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

interface Page extends Attachment {
  content: string;
}

/** The readable pages of each miss, by requirement id, as detailed as the budget allows. */
function attachmentsOf(requirements: readonly RequirementVerdict[]): Map<string, Page[]> {
  const sizes = requirements.map(({ evidence = [] }) =>
    evidence.map(({ request, response }) => [request, response].map(bodySize)),
  );
  const level = detail.find((each) => estimate(sizes, each) <= attachmentBudget) ?? leastDetail;
  return new Map(requirements.map((requirement) => [requirement.id, pagesOf(requirement, level)]));
}

function bodySize(message: { body?: unknown } | null): number {
  if (message?.body === undefined) return 0;
  return typeof message.body === 'string' ? message.body.length : JSON.stringify(message.body).length;
}

/** How many characters the pages take: those of the bodies, and about as many as this for all else on a page. */
function estimate(sizes: readonly number[][][], { body, exchanges }: Detail): number {
  const besideBodies = 700;
  const ofBodies = (bodies: number[]): number => bodies.reduce((sum, size) => sum + Math.min(size, body), besideBodies);
  return sizes.flatMap((miss) => miss.slice(0, exchanges).map(ofBodies)).reduce((sum, size) => sum + size, 0);
}

function pagesOf(
  { id, findings = [], evidence = [] }: RequirementVerdict,
  level: { body: number; exchanges: number },
): Page[] {
  const walks = findings.flatMap(({ message, pages }) => (pages === undefined ? [] : [{ message, pages }]));
  const rest = evidence.length - level.exchanges;
  return [
    ...walks
      .slice(0, level.exchanges)
      .map(({ message, pages }) => page('The pages of the walk', `${message}\n\n${pageTable(pages)}`)),
    ...evidence
      .slice(0, level.exchanges)
      .map((entry, index) => page(evidenceTitle(entry), evidenceText(entry, level.body, id, index))),
    ...(rest > 0
      ? [page(`${rest} more in verdict.json`, `verdict.json holds ${rest} more exchanges of ${id}.\n`)]
      : []),
  ];
}

function evidenceText(entry: Evidence, body: number, id: string, index: number): string {
  return evidencePage(entry, body, `verdict.json, ${id}, evidence ${index + 1}`);
}

/** Each page is a file of its own: Allure finds a file that two results share for one of them only. */
function page(name: string, content: string): Page {
  return { name, type: ContentType.TEXT, source: `${randomUUID()}-attachment.txt`, content };
}

/** The id under which a report and its history know a requirement. */
export function allureName({ api, action, id }: RequirementVerdict): string {
  return `${api}.${action === '*' ? 'every' : action}.${id}`;
}

/**
 * When a requirement is shown to start, epoch milliseconds. A verdict does not say: they follow each other in the order
 * of the catalogue, and the last ends with the run.
 */
function startOf({ startedAt, durationMs, requirements }: Verdict, index: number): number {
  const room = Math.max(0, durationMs - (requirements[index]?.durationMs ?? 0));
  return Date.parse(startedAt) + Math.round((room * index) / Math.max(1, requirements.length - 1));
}

function testResult(requirement: RequirementVerdict, start: number, attachments: Attachment[]): TestResult {
  const { id, title, steps = [], durationMs = 0 } = requirement;
  const stable = createHash('md5').update(id).digest('hex');
  return {
    uuid: randomUUID(),
    name: title,
    fullName: allureName(requirement),
    historyId: stable,
    testCaseId: stable,
    status: allureStatus(requirement),
    statusDetails: statusDetails(requirement),
    stage: Stage.FINISHED,
    description: description(requirement),
    labels: labels(requirement),
    links: links(requirement),
    parameters: [],
    steps: steps.map((name) => ({
      name,
      status: Status.PASSED,
      statusDetails: {},
      stage: Stage.FINISHED,
      steps: [],
      attachments: [],
      parameters: [],
    })),
    attachments,
    start,
    stop: start + durationMs,
  };
}

function allureStatus({ status }: RequirementVerdict): Status {
  switch (status) {
    case 'pass':
      return Status.PASSED;
    case 'skip':
      return Status.SKIPPED;
    case 'error':
      return Status.BROKEN;
    default:
      return Status.FAILED;
  }
}

/** The type of allure-js-commons does not know two members that every Allure reads. */
function statusDetails(
  requirement: RequirementVerdict,
): TestResult['statusDetails'] & { known?: boolean; flaky?: boolean } {
  const { status, reason, findings = [], intermittent, waiver } = requirement;
  const [first, ...others] = findings;
  // The reader sees the message at once and the rest on a click: it holds what was expected and found.
  const found = first === undefined ? [] : findingLines(first);
  const message = [
    ...(reason === undefined || first?.message === reason ? [] : [reason]),
    ...found,
    ...(waiver === undefined ? [] : [`waived until ${waiver.expires}: ${waiver.ticket}`]),
  ];
  return {
    ...(message.length > 0 && { message: message.join('\n') }),
    ...(others.length > 0 && { trace: others.map((finding) => findingLines(finding).join('\n')).join('\n\n') }),
    ...(first?.expected !== undefined && { expected: first.expected }),
    ...(first?.found !== undefined && { actual: first.found }),
    ...(status === 'waived' && { known: true }),
    ...(intermittent && { flaky: true }),
  };
}

function labels(requirement: RequirementVerdict): Label[] {
  const { id, ref, api, action, topic, level, needs, source, status, reason, findings = [], cause } = requirement;
  const tags = [
    topic,
    id,
    `needs ${needs}`,
    ...(status === 'warn' ? ['warning'] : []),
    ...(status === 'waived' ? ['waived'] : []),
  ];
  return [
    { name: 'level', value: level },
    { name: 'ref', value: ref },
    { name: 'page', value: source.page },
    { name: 'basis', value: source.basis },
    ...(source.rulings ?? []).map((ruling) => ({ name: 'ruling', value: ruling.id })),
    ...tags.map((value) => ({ name: LabelName.TAG, value })),
    { name: LabelName.SEVERITY, value: level === 'MUST' ? Severity.CRITICAL : Severity.MINOR },
    { name: LabelName.PARENT_SUITE, value: apiName(api) },
    { name: LabelName.SUITE, value: actionName(action) },
    { name: LabelName.LAYER, value: 'api' },
    { name: 'topic', value: topic },
    ...(cause === undefined ? [] : [{ name: 'blame', value: cause }]),
    ...(isMissed(status) || status === 'error'
      ? [{ name: causeLabel, value: normalise(findings[0]?.message ?? reason ?? '') }]
      : []),
    ...(requirement.waiver === undefined ? [] : [{ name: LabelName.OWNER, value: requirement.waiver.owner }]),
  ];
}

function links({ waiver }: RequirementVerdict): TestResult['links'] {
  if (waiver === undefined || !/^https?:\/\//.test(waiver.ticket)) return [];
  return [{ type: 'issue', name: waiver.ticket.split('/').at(-1) ?? waiver.ticket, url: waiver.ticket }];
}

function description(requirement: RequirementVerdict): string {
  const { id, level, source, needs, status, waiver, fingerprint, judged } = requirement;
  const firm = {
    ...{ stated: 'stated by', example: 'shown by an example on', inferred: 'inferred from' },
    client: 'known from public clients of',
  }[source.basis];
  const note = often(requirement);
  const meaning =
    level === 'MUST' ? 'A miss makes the server non-conformant.' : 'A miss is a warning, and a failure under strict.';
  return [
    `**${level} ${id}**, ${firm} the page *${markdown(source.page)}*. ${meaning} Needs a target that allows ${needs}.`,
    ...(source.rulings ?? []).map((ruling) => `**Ruling ${ruling.id}** (docs/rulings.md): ${markdown(ruling.held)}`),
    ...(note !== '' ? [`Missed ${note}.`] : judged !== undefined ? [`Judged in passing in ${judged} exchanges.`] : []),
    ...(waiver === undefined
      ? []
      : [
          `**Waived** until ${waiver.expires} by ${markdown(waiver.owner)}, ${markdown(waiver.ticket)}: ${markdown(waiver.reason)}`,
        ]),
    ...(fingerprint !== undefined && status !== 'waived'
      ? [`To waive this miss, copy the entry and fill it in:\n\n${fenced(waiverEntry(requirement), 'json')}`]
      : []),
  ].join('\n\n');
}

function environment(verdict: Verdict): Record<string, string> {
  const { target, allow, urls = {}, seed, strict, requirements } = verdict;
  const judged = (level: 'MUST' | 'SHOULD'): string => {
    const numbers = numbersOf(requirements, level);
    return `${numbers.judged} of ${numbers.total}`;
  };
  const apis = [...new Set(requirements.map(({ api }) => api))];
  return {
    target,
    verdict: verdictLine(verdict),
    ...Object.fromEntries(apis.map((api) => [apiName(api), apiLine(verdict, api)])),
    'MUSTs judged': judged('MUST'),
    'SHOULDs judged': judged('SHOULD'),
    ...Object.fromEntries(Object.entries(urls).map(([api, url]) => [`${api} url`, url])),
    ...(allow !== undefined && { 'target allows': allow }),
    strict: strict ? 'yes' : 'no',
    ...(seed !== undefined && { seed: `${seed}` }),
    'suite version': verdict.suite ?? packageVersion,
    node: process.version,
  };
}

/** What belongs to the run as a whole: its summary, and why it is unjudged or what waivers are stale. */
function globals({ startedAt, reason, staleWaivers = [] }: Verdict, summary: string): object {
  const timestamp = Date.parse(startedAt);
  const errors = [
    ...(reason === undefined ? [] : [reason]),
    ...staleWaivers.map(
      ({ requirement, ticket, why }) =>
        `The waiver of ${requirement} (${ticket}) is stale: ${why ?? 'it matches nothing'}.`,
    ),
  ];
  return {
    attachments: [{ name: 'Summary', source: summary, type: ContentType.TEXT, timestamp }],
    errors: errors.map((message) => ({ message, timestamp })),
  };
}

/** For older readers of the results; they know messages and statuses, but no labels. */
function allure2Categories(): object[] {
  return [
    { name: 'Missed', matchedStatuses: ['failed'] },
    { name: environmentCategory, matchedStatuses: ['broken'] },
  ];
}
