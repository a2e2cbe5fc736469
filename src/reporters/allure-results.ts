import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Attachment,
  ContentType,
  type Label,
  LabelName,
  Stage,
  Status,
  type StepResult,
  type TestResult,
} from 'allure-js-commons';
import { ALLURE_HTTP_EXCHANGE_CONTENT_TYPE, ALLURE_HTTP_EXCHANGE_FILE_EXTENSION } from 'allure-js-commons/http';
import { stringifyEnvInfo } from 'allure-js-commons/sdk/reporter';
import { apiName, fullNameOf, historyIdOf, labelsOf, parametersOf, titleOf } from '../requirements/allure.js';
import { packageVersion } from '../root.js';
import { exchangeName, toHttpExchange } from '../secrets/http-exchange.js';
import { normalise } from '../verdict/fingerprint.js';
import {
  apiLine,
  type Evidence,
  isMissed,
  numbersOf,
  type RequirementVerdict,
  type Root,
  rootsOf,
  type Verdict,
  waiverEntry,
} from '../verdict/index.js';
import { type LiveResult, readLive } from './allure-read.js';
import { renderSummary } from './terminal.js';
import { findingLines, followLine, markdown, often, pageTable, seenIn } from './text.js';

/** The label that puts misses of one cause under one heading. */
export const causeLabel = 'cause';

/** The label that puts a miss and those that follow from it under one heading. */
export const rootLabel = 'root';

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

/** What a report shows of a miss that no step of a check shows. */
const proofNames = { passing: 'Seen in passing', own: 'What was seen' };

/**
 * Writes `verdict` as Allure results into `folder`, in place of what lies there. What was written while the checks ran lies in the
 * folders `live`: steps, times and exchanges are theirs. What only the whole run can know is that of the verdict: a miss that others
 * saw, a waiver, what shards say together. Throws where a file cannot be written.
 */
export function writeAllureResults(folder: string, verdict: Verdict, live: readonly string[] = []): void {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    writeResults(fresh, verdict, readLive(live));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

function writeResults(fresh: string, verdict: Verdict, results: ReadonlyMap<string, LiveResult>): void {
  // Thousands of small files: one after the other is faster than through the thread pool.
  const write = (name: string, content: string): void => writeFileSync(join(fresh, name), content);
  const level = detailOf(verdict.requirements);
  const roots = rootsOf(verdict.requirements);
  for (const [index, requirement] of verdict.requirements.entries()) {
    const known = results.get(requirement.id);
    const proofs = proofsOf(requirement, level, known?.result.steps.some(isProof) === true);
    for (const { source, content } of proofs) write(source, content);
    const result = testResult(requirement, startOf(verdict, index), proofs, roots, known?.result);
    if (known !== undefined) copyAttachments(result.steps, known.folder, fresh);
    write(`${result.uuid}-result.json`, JSON.stringify(result));
  }
  const summary = `${randomUUID()}-attachment.txt`;
  write(summary, `${renderSummary(verdict, { color: false, width: 110 })}\n`);
  write(`${randomUUID()}-globals.json`, JSON.stringify(globals(verdict, summary)));
  write('environment.properties', stringifyEnvInfo(environment(verdict)));
  write('categories.json', JSON.stringify(allure2Categories()));
}

/** Brings along what the steps of a live result have attached. */
function copyAttachments(steps: readonly StepResult[], from: string, to: string): void {
  for (const { attachments, steps: within } of steps) {
    for (const { source } of attachments)
      if (existsSync(join(from, source))) copyFileSync(join(from, source), join(to, source));
    copyAttachments(within, from, to);
  }
}

/** Whether a step went wrong and holds an exchange that shows it. */
function isProof({ status, steps, attachments }: StepResult): boolean {
  const holds = (step: StepResult): boolean => step.attachments.length > 0 || step.steps.some(holds);
  return status !== undefined && status !== Status.PASSED && (attachments.length > 0 || steps.some(holds));
}

interface Proof extends Attachment {
  content: string;
}

/** The most detail of the evidence of all requirements for which the budget has room. */
function detailOf(requirements: readonly RequirementVerdict[]): Detail {
  const sizes = requirements.map(({ evidence = [] }) =>
    evidence.map(({ request, response }) => [request, response].map(bodySize)),
  );
  return detail.find((each) => estimate(sizes, each) <= attachmentBudget) ?? leastDetail;
}

function bodySize(message: { body?: unknown } | null): number {
  if (message?.body === undefined) return 0;
  return typeof message.body === 'string' ? message.body.length : JSON.stringify(message.body).length;
}

/** How many characters the exchanges take: those of the bodies, and about as many as this for all else. */
function estimate(sizes: readonly number[][][], { body, exchanges }: Detail): number {
  const besideBodies = 700;
  const ofBodies = (bodies: number[]): number => bodies.reduce((sum, size) => sum + Math.min(size, body), besideBodies);
  return sizes.flatMap((miss) => miss.slice(0, exchanges).map(ofBodies)).reduce((sum, size) => sum + size, 0);
}

/** What proves a miss: the pages of a walk, the exchanges unless a step of the check shows them, and how to see it again. */
function proofsOf(requirement: RequirementVerdict, level: Detail, isShown: boolean): Proof[] {
  const { id, status, fingerprint, findings = [], evidence = [] } = requirement;
  const walks = findings.flatMap(({ message, pages }) => (pages === undefined ? [] : [{ message, pages }]));
  const kept = evidence.slice(0, level.exchanges);
  const rest = evidence.length - kept.length;
  return [
    ...walks
      .slice(0, level.exchanges)
      .map(({ message, pages }) => textProof('The pages of the walk', `${message}\n\n${pageTable(pages)}`)),
    ...(isShown ? [] : kept.map((entry) => exchangeProof(entry, level.body))),
    ...(kept.length > 0 ? [textProof('To see it again', againText(kept))] : []),
    ...(fingerprint !== undefined && status !== 'waived'
      ? [textProof('To waive it', `${waiverEntry(requirement)}\n`)]
      : []),
    ...(rest > 0
      ? [textProof(`${rest} more in verdict.json`, `verdict.json holds ${rest} more exchanges of ${id}.\n`)]
      : []),
  ];
}

/** Each proof is a file of its own: Allure finds a file that two results share for one of them only. */
function textProof(name: string, content: string): Proof {
  return { name, type: ContentType.TEXT, source: `${randomUUID()}-attachment.txt`, content };
}

function exchangeProof(entry: Evidence, body: number): Proof {
  const source = `${randomUUID()}-attachment${ALLURE_HTTP_EXCHANGE_FILE_EXTENSION}`;
  const times = entry.count !== undefined && entry.count > 1 ? ` (${entry.count} alike)` : '';
  const content = JSON.stringify(toHttpExchange(entry, body));
  return { name: `${exchangeName(entry)}${times}`, type: ALLURE_HTTP_EXCHANGE_CONTENT_TYPE, source, content };
}

function againText(evidence: readonly Evidence[]): string {
  const script = evidence.find((entry) => entry.script !== undefined)?.script;
  const blocks = [
    ...evidence.map(({ note, curl }) => `${note === undefined ? '' : `# ${note}\n`}${curl}`),
    ...(script === undefined ? [] : [`# To make the situation first, as a script:\n\n${script}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/**
 * When a requirement is shown to start, epoch milliseconds. A verdict does not say: they follow each other in the order
 * of the catalogue, and the last ends with the run.
 */
function startOf({ startedAt, durationMs, requirements }: Verdict, index: number): number {
  const room = Math.max(0, durationMs - (requirements[index]?.durationMs ?? 0));
  return Date.parse(startedAt) + Math.round((room * index) / Math.max(1, requirements.length - 1));
}

function testResult(
  requirement: RequirementVerdict,
  start: number,
  proofs: readonly Proof[],
  roots: readonly Root[],
  live: TestResult | undefined,
): TestResult {
  const { id, steps = [], durationMs = 0 } = requirement;
  const root = roots.find((one) => one.id === id || one.followers.includes(id));
  const told = live?.steps.filter(({ name }) => !Object.values(proofNames).includes(name ?? '')).map(settled);
  const exchanges = proofs.filter(({ type }) => type === ALLURE_HTTP_EXCHANGE_CONTENT_TYPE).map(attachmentOf);
  const seen = (requirement.missed ?? 0) > 0 ? proofNames.passing : proofNames.own;
  return {
    uuid: randomUUID(),
    name: titleOf(requirement),
    fullName: fullNameOf(requirement),
    historyId: historyIdOf(requirement),
    testCaseId: historyIdOf(requirement),
    status: allureStatus(requirement),
    statusDetails: statusDetails(requirement, root),
    stage: Stage.FINISHED,
    description: description(requirement),
    labels: [...labels(requirement, root), ...(live?.labels ?? []).filter(({ name }) => labelsOfRun.includes(name))],
    links: links(requirement),
    parameters: parametersOf(requirement),
    steps: [
      ...(exchanges.length > 0 ? [stepOf(seen, allureStatus(requirement), exchanges)] : []),
      ...(told ?? steps.map((name) => stepOf(name, Status.PASSED))),
    ],
    attachments: proofs.filter(({ type }) => type === ContentType.TEXT).map(attachmentOf),
    start: live?.start ?? start,
    stop: live?.stop ?? start + durationMs,
  };
}

/** The step with a status: what only holds an exchange has got none. */
function settled({ status = Status.PASSED, steps, ...step }: StepResult): StepResult {
  return { ...step, status, steps: steps.map(settled) };
}

/** What a runner knows and a verdict does not. */
const labelsOfRun: string[] = [LabelName.THREAD, LabelName.FRAMEWORK, LabelName.LANGUAGE];

function attachmentOf({ name, type, source }: Proof): Attachment {
  return { name, type, source };
}

function stepOf(name: string, status: Status | undefined, attachments: Attachment[] = []): StepResult {
  return { name, status, statusDetails: {}, stage: Stage.FINISHED, steps: [], attachments, parameters: [] };
}

/** A missed MUST is red, a missed SHOULD yellow; what nobody could check is neither. */
function allureStatus({ status, cause }: RequirementVerdict): Status | undefined {
  switch (status) {
    case 'pass':
      return Status.PASSED;
    case 'skip':
      return Status.SKIPPED;
    case 'warn':
      return Status.BROKEN;
    case 'error':
      return cause === 'server' ? Status.FAILED : undefined;
    default:
      return Status.FAILED;
  }
}

/** The type of allure-js-commons does not know two members that every Allure reads. */
function statusDetails(
  requirement: RequirementVerdict,
  root: Root | undefined,
): TestResult['statusDetails'] & { known?: boolean; flaky?: boolean } {
  const { id, status, reason, findings = [], intermittent, waiver } = requirement;
  const [first, ...others] = findings;
  // The reader sees the message at once and the rest on a click: it holds what was expected and found.
  const found = first === undefined ? [] : findingLines(first);
  const follows = root === undefined ? '' : root.id === id ? followLine(root.followers) : `follows from ${root.id}`;
  const seen = isMissed(status) ? seenIn(requirement) : '';
  const message = [
    ...(follows === '' ? [] : [follows]),
    ...(reason === undefined || first?.message === reason ? [] : [reason]),
    ...found,
    ...(seen === '' ? [] : [`in        ${seen}`]),
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

function labels(requirement: RequirementVerdict, root: Root | undefined): Label[] {
  const { status, reason, findings = [], cause, waiver } = requirement;
  return [
    ...labelsOf(requirement),
    ...(status === 'warn' || status === 'waived'
      ? [{ name: LabelName.TAG, value: status === 'warn' ? 'warning' : 'waived' }]
      : []),
    ...(cause === undefined ? [] : [{ name: 'blame', value: cause }]),
    ...(isMissed(status) || status === 'error'
      ? [{ name: causeLabel, value: normalise(findings[0]?.message ?? reason ?? '') }]
      : []),
    ...(root === undefined ? [] : [{ name: rootLabel, value: root.id }]),
    ...(waiver === undefined ? [] : [{ name: LabelName.OWNER, value: waiver.owner }]),
  ];
}

function links({ waiver }: RequirementVerdict): TestResult['links'] {
  if (waiver === undefined || !/^https?:\/\//.test(waiver.ticket)) return [];
  return [{ type: 'issue', name: waiver.ticket.split('/').at(-1) ?? waiver.ticket, url: waiver.ticket }];
}

function description(requirement: RequirementVerdict): string {
  const { id, level, source, needs, waiver, judged } = requirement;
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
    ...Object.fromEntries(apis.map((api) => [apiName(api), apiLine(verdict, api)])),
    'MUSTs judged': judged('MUST'),
    'SHOULDs judged': judged('SHOULD'),
    ...Object.fromEntries(Object.entries(urls).map(([api, url]) => [`${api} url`, url])),
    ...(allow !== undefined && { 'target allows': allow }),
    red: 'a MUST is missed',
    yellow: 'a SHOULD is missed',
    purple: 'could not be checked',
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
    { name: 'MUST missed', matchedStatuses: ['failed'] },
    { name: 'SHOULD missed', matchedStatuses: ['broken'] },
    { name: environmentCategory, matchedStatuses: ['unknown'] },
  ];
}
