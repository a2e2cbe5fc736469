import type { Judgement, Observed } from './judgement.js';
import type { CountedFinding, Evidence } from './types.js';

/** Longer words say no more to a reader; the bodies of the evidence hold the rest. */
const longestText = 8 * 1024;

/**
 * `judgement` with every member of the type that it should have. What a check quotes comes from a server, and can be a number, null or
 * a list where it should be a string; nothing behind this room need think of that.
 */
export function soundJudgement(judgement: Judgement): Judgement {
  const { reason, findings, evidence, steps, observed, requests, startedAt, durationMs } = judgement;
  return {
    ...judgement,
    ...(reason === undefined ? {} : { reason: text(reason) }),
    findings: list(findings).map(soundFinding),
    evidence: list(evidence).map(soundEvidence),
    steps: list(steps).map((step) => text(step)),
    observed: Object.fromEntries(Object.entries(observed ?? {}).map(([id, seen]) => [id, soundObserved(seen)])),
    requests: amount(requests),
    startedAt: amount(startedAt),
    durationMs: amount(durationMs),
  };
}

function soundObserved({ judged, missed, findings, evidence }: Observed): Observed {
  return {
    judged: amount(judged),
    missed: amount(missed),
    findings: list(findings).map(soundFinding),
    evidence: list(evidence).map(soundEvidence),
  };
}

function soundFinding(finding: CountedFinding): CountedFinding {
  const { message, path, expected, found, pages, count } = Object(finding) as CountedFinding;
  return {
    message: text(message ?? 'missed'),
    ...(isGiven(path) && { path: text(path) }),
    ...(isGiven(expected) && { expected: text(expected) }),
    ...(isGiven(found) && { found: text(found) }),
    ...(Array.isArray(pages) && { pages: pages.map(soundPage) }),
    ...(amount(count) > 0 && { count: Math.round(amount(count)) }),
  };
}

type PageRow = NonNullable<CountedFinding['pages']>[number];

function soundPage(row: PageRow): PageRow {
  const { page, cursor, items, marks } = Object(row) as PageRow;
  return {
    page: Math.round(amount(page)),
    cursor: text(cursor ?? ''),
    items: list(items).map((item) => text(item)),
    ...(isGiven(marks) && { marks: texts(marks) }),
  };
}

function soundEvidence(evidence: Evidence): Evidence {
  const { request, response, durationMs, curl, script, note, count, action, actor } = Object(evidence) as Evidence;
  const { method, url, headers, ...sent } = Object(request) as Evidence['request'];
  return {
    request: { method: text(method ?? ''), url: text(url ?? ''), headers: texts(headers), ...sent },
    response: response === null || response === undefined ? null : soundResponse(response),
    durationMs: amount(durationMs),
    curl: text(curl ?? '', Number.POSITIVE_INFINITY),
    ...(isGiven(script) && { script: text(script, Number.POSITIVE_INFINITY) }),
    ...(isGiven(note) && { note: text(note) }),
    ...(amount(count) > 0 && { count: Math.round(amount(count)) }),
    ...(isGiven(action) && { action: text(action) }),
    ...(isGiven(actor) && { actor: text(actor) }),
  };
}

type Response = NonNullable<Evidence['response']>;

function soundResponse(response: Response): Response {
  const { status, headers, ...answered } = Object(response) as Response;
  return { status: Math.round(amount(status)), headers: texts(headers), ...answered };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function list<Item>(items: readonly Item[]): readonly Item[] {
  return Array.isArray(items) ? items : [];
}

function texts(members: Record<string, unknown> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(members)).map(([name, value]) => [name, text(value)]));
}

function text(value: unknown, longest = longestText): string {
  const whole = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return whole.length <= longest ? whole : `${whole.slice(0, longest)}… [cut from ${whole.length} characters]`;
}

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
}
