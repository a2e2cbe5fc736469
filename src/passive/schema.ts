import type { Exchange, Finding, Violation } from '../exchange/index.js';
import { shortened } from '../rules/index.js';
import type { Observation } from './types.js';

/** How many violations of one requirement an observation tells. */
const mostFindings = 10;

/** What the schema of a success is asked for. */
export interface SchemaJudging {
  /** The requirement that has all violations for which the schemas name no other; without one, they are not told. */
  shape?: string;
  /** Leaves out violations that are another requirement's matter. */
  isMeant?(violation: Violation): boolean;
}

/**
 * What the schema of a success says of an answer: each violation under the requirement that the schema names beside the keyword
 * (`x-requirement`) and no other, the rest under the shape. A requirement is judged where the answer holds something to judge it by.
 */
export function schemaObservations(
  { response, violations, decided = [] }: Exchange,
  { shape, isMeant = () => true }: SchemaJudging,
): Observation[] {
  if (response.json === undefined) {
    const found = `${response.notJson ?? 'no JSON'} (HTTP ${response.status}): ${excerpt(response.text)}`;
    const finding = { message: 'the body is no JSON', expected: 'one JSON object', found };
    return shape === undefined ? [] : [{ requirement: shape, findings: [finding] }];
  }
  const told = violations.response.filter(isMeant);
  const of = (requirement: string | undefined) =>
    told
      .filter((violation) => violation.requirement === requirement)
      .slice(0, mostFindings)
      .map(findingOf);
  const named = [...new Set([...decided, ...told.flatMap(({ requirement }) => requirement ?? [])])];
  return [
    ...(shape === undefined ? [] : [{ requirement: shape, findings: of(undefined) }]),
    ...named.map((requirement) => ({ requirement, findings: of(requirement) })),
  ];
}

/** A violation as a finding. */
export function findingOf({ path, expected, found }: Violation): Finding {
  const place = path === '' ? 'the body' : path;
  return {
    message: found === 'nothing' ? `${place} is missing` : `${place} is not ${expected}`,
    path,
    expected,
    found,
  };
}

/**
 * What passive checks say beside the schema, one observation a requirement. A finding on a place that does not fit its schema tells
 * the same fault twice, so it is left out; an observation of which nothing is left has not judged anything.
 */
export function besideSchema(bySchema: readonly Observation[], others: readonly Observation[]): Observation[] {
  const broken = bySchema.flatMap(({ findings }) => findings.flatMap(({ path }) => path || []));
  const isKnown = ({ path = '' }: Finding) => broken.some((place) => path === place || path.startsWith(`${place}/`));
  const merged = new Map(bySchema.map((observation) => [observation.requirement, observation]));
  for (const { requirement, findings } of others) {
    const left = findings.filter((finding) => !isKnown(finding));
    if (left.length === 0 && findings.length > 0) continue;
    const before = merged.get(requirement)?.findings ?? [];
    merged.set(requirement, { requirement, findings: [...before, ...left] });
  }
  return [...merged.values()];
}

function excerpt(text: string): string {
  return text === '' ? 'an empty body' : JSON.stringify(shortened(text, 80));
}
