import { createHash } from 'node:crypto';
import { normalise } from './fingerprint.js';
import type { CountedFinding, Evidence, RequirementVerdict } from './types.js';

/** More than these of one requirement tell a reader nothing new. */
const keptFindings = 20;
const keptEvidence = 12;

/** Bodies longer than this are kept whole once in a verdict, and referred to elsewhere. */
const longBody = 64 * 1024;

/** Characters of long bodies that a verdict keeps; it must stay a file that can be written and read at once. */
const longBodiesBudget = 32 * 1024 * 1024;
const cutBody = 4 * 1024;

/** Findings of one kind (same place, same sentence but for ids and numbers) as one with a count. */
export function foldFindings(findings: readonly CountedFinding[]): CountedFinding[] {
  const kinds = new Map<string, CountedFinding>();
  for (const finding of findings) {
    const key = `${(finding.path ?? '').replace(/\d+/g, '#')}\n${normalise(finding.message)}`;
    const first = kinds.get(key);
    if (first === undefined) kinds.set(key, { ...finding });
    else first.count = (first.count ?? 1) + (finding.count ?? 1);
  }
  return [...kinds.values()].slice(0, keptFindings);
}

/** Evidence that differs in ids, numbers and times alone as one with a count. */
export function foldEvidence(evidence: readonly Evidence[]): Evidence[] {
  const kinds = new Map<string, Evidence>();
  for (const entry of evidence) {
    const key = evidenceKind(entry);
    const first = kinds.get(key);
    if (first === undefined) kinds.set(key, { ...entry });
    else first.count = (first.count ?? 1) + (entry.count ?? 1);
  }
  return [...kinds.values()].slice(0, keptEvidence);
}

function evidenceKind(entry: Evidence): string {
  const { request, response } = entry;
  const parts = [
    entry.action,
    entry.actor,
    request.method,
    request.url,
    request.body,
    response?.status,
    response?.body,
  ];
  return parts.map((part) => normalise(unquoted(part))).join('\n');
}

/** The text of a body with its member names kept: `normalise` drops whatever stands in quotes. */
function unquoted(part: unknown): string {
  const text = typeof part === 'string' ? part : (JSON.stringify(part) ?? '');
  return text.replace(/"([^"\\]*)":/g, '$1:');
}

/**
 * Replaces every repetition of a long body by a sentence that says where it stands whole, and cuts those beyond the budget.
 * A run against a server that answers everything with one huge page stays readable so.
 */
export function keepLongBodiesOnce(requirements: readonly RequirementVerdict[]): RequirementVerdict[] {
  const seen = new Map<string, string>();
  let left = longBodiesBudget;
  const once = (body: unknown, where: string): unknown => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    if (text === undefined || text.length <= longBody) return body;
    const hash = createHash('sha256').update(text).digest('hex');
    const first = seen.get(hash);
    if (first === undefined && text.length > left)
      return `${text.slice(0, cutBody)}… [cut from ${text.length} characters]`;
    if (first === undefined) {
      seen.set(hash, where);
      left -= text.length;
      return body;
    }
    return `[the ${text.length} characters that stand in the ${first}]`;
  };
  return requirements.map((requirement) => {
    if (requirement.evidence === undefined) return requirement;
    const evidence = requirement.evidence.map((entry, index) => {
      const where = `of ${requirement.id}, evidence ${index + 1}`;
      const { request, response } = entry;
      return {
        ...entry,
        request: 'body' in request ? { ...request, body: once(request.body, `request ${where}`) } : request,
        response:
          response !== null && 'body' in response
            ? { ...response, body: once(response.body, `response ${where}`) }
            : response,
      };
    });
    return { ...requirement, evidence };
  });
}
