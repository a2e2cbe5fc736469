import type { ApiName } from '../exchange/index.js';
import type { Observation } from '../passive/types.js';
import type { Requirement } from '../requirements/types.js';
import { type Redactor, toEvidence } from '../secrets/index.js';
import type { FindingRecord, Judgement, Observed } from '../verdict/index.js';
import { secretsOf } from './collect-secrets.js';
import type { RecordedExchange } from './types.js';

/** A miss as it is found. Redacted. */
export interface Miss {
  requirement: string;
  finding: FindingRecord;
  api: ApiName;
  action: string;
  /** Where the exchange that shows it stands. */
  place: string;
}

/** What was observed, by requirement: numbers, and the first few misses with their evidence. */
export interface Findings {
  note(exchange: RecordedExchange, observation: Observation): void;
  /** What is known of a requirement, for a passive verdict. `redactor`: the one that knows most. */
  judgement(requirement: Requirement, isDecidable: boolean, redactor: Redactor): Judgement;
}

const keptFindings = 3;
const keptExchanges = 3;

/** Makes an empty collection. `onMiss`: told of each miss. */
export function createFindings(redactor: Redactor, onMiss?: (miss: Miss) => void): Findings {
  const seen = new Map<string, Observed>();
  return {
    note(exchange, { requirement, findings }) {
      const entry = seen.get(requirement) ?? { judged: 0, missed: 0, findings: [], evidence: [] };
      seen.set(requirement, entry);
      entry.judged += 1;
      if (findings.length === 0) return;
      entry.missed += 1;
      const room = Math.max(0, keptFindings - entry.findings.length);
      const shown = findings.slice(0, room);
      const cited = new Set(shown.flatMap((finding) => finding.exchanges ?? [exchange]));
      const own = [...cited].slice(0, keptExchanges) as RecordedExchange[];
      for (const source of own) redactor.add(...secretsOf(source), ...secretsOf(exchange));
      entry.findings.push(...shown.map(redactor.finding));
      entry.evidence.push(...own.map((source) => toEvidence({ ...source, note: source.place }, redactor)));
      if (onMiss === undefined || findings[0] === undefined) return;
      redactor.add(...(shown.length > 0 ? [] : secretsOf(exchange)));
      const { api, action, place } = exchange;
      onMiss({ requirement, finding: redactor.finding(findings[0]), api, action, place });
    },
    judgement({ id }, isDecidable, complete) {
      const observed = seen.get(id);
      return {
        requirement: id,
        outcome: 'skipped',
        reason: isDecidable ? 'no exchange in the recording shows it' : 'not decidable from a recording',
        findings: [],
        evidence: [],
        steps: [],
        observed: observed === undefined ? {} : { [id]: redacted(observed, complete) },
        requests: 0,
        startedAt: 0,
        durationMs: 0,
      };
    },
  };
}

/** Once more, for what was learnt to be a credential after it was taken down. */
function redacted(observed: Observed, redactor: Redactor): Observed {
  return {
    ...observed,
    findings: observed.findings.map(redactor.finding),
    evidence: observed.evidence.map((entry) => ({
      ...entry,
      request: redactedMessage(entry.request, redactor),
      response: entry.response === null ? null : redactedMessage(entry.response, redactor),
      curl: redactedLine(entry.curl, redactor),
    })),
  };
}

/** A line for a shell: variables in it stand where credentials stand, and stay, with the scheme before them. */
function redactedLine(line: string, redactor: Redactor): string {
  const parts = line.split(/('"\$\w+"'|(?:(?<=: )[A-Za-z]{2,12} +)?\$\w+)/);
  return parts.map((part, i) => (i % 2 === 1 ? part : redactor.text(part))).join('');
}

function redactedMessage<Message extends { url?: string; headers: Record<string, string>; body?: unknown }>(
  message: Message,
  redactor: Redactor,
): Message {
  const { url, headers, body } = message;
  return {
    ...message,
    ...(url !== undefined && { url: redactor.text(url) }),
    headers: redactor.headers(headers),
    ...(body !== undefined && { body: redactor.json(body) }),
  };
}
