import type { Finding } from '../../src/exchange/index.js';
import { objectsOf, stringsOf } from '../../src/passive/json.js';
import type { Observation } from '../../src/passive/types.js';
import { containsNone, equal } from '../../src/rules/index.js';

type Body = Record<string, unknown>;

/** The types of report: the page shows the first, the action Report is named after the second. */
const reportTypesKnown: readonly unknown[] = ['delivered', 'viewed'];

/** That the reports of an answer are of the types that the pages know. A report without a Type says nothing. */
export function reportTypes(body: Body): Observation[] {
  const typed = objectsOf(body.reports).flatMap(({ Type }, i) => (typeof Type === 'string' ? [{ Type, i }] : []));
  if (typed.length === 0) return [];
  const odd = typed.filter(({ Type }) => !reportTypesKnown.includes(Type)).slice(0, 3);
  const findings = odd.map(({ Type, i }) => ({
    message: 'a report is of a type that no page knows',
    path: `/reports/${i}/Type`,
    expected: 'delivered or viewed',
    found: JSON.stringify(Type),
  }));
  return [{ requirement: 'OZ-REPORT-3', findings }];
}

/** Finds where a conversation object is unlike those of the examples: two who are a group, and a third user or a caller who hide. */
export function likenessFindings(conversation: Body, caller: string | undefined, path: string): Finding[] {
  const [participants, hiders] = [stringsOf(conversation.participantids), stringsOf(conversation.hiddenby)];
  const own = objectsOf(conversation.properties).find(({ userid }) => userid === caller);
  const thirds = hiders.filter((id) => !participants.includes(id));
  const at = (findings: Finding[]) => findings.map((finding) => ({ ...finding, path: `${path}/hiddenby` }));
  return [
    ...(participants.length === 2
      ? equal(conversation.isgroup, false, 'a conversation of two participants is a group', `${path}/isgroup`)
      : []),
    ...at(containsNone(hiders, thirds, 'hiddenby names somebody who takes no part')),
    ...(own?.hideid === ''
      ? at(containsNone(hiders, [String(caller)], 'hiddenby names a caller who hides nothing'))
      : []),
  ];
}
