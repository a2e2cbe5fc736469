import { makeBadge } from 'badge-maker';
import { isWhole, numbersOf, type Verdict } from '../verdict/index.js';

/**
 * `badge.svg` of a verdict: `conformant`, `partial 41/113`, `not conformant` or `not judged`, with the APIs where not all of the
 * target's were asked for. Green for the whole alone.
 */
export function renderBadge(verdict: Verdict): string {
  const { requirements, leftOut = [] } = verdict;
  const apis = [...new Set(requirements.map(({ api }) => api))];
  const label = leftOut.length === 0 ? 'chat conformance' : `chat conformance (${apis.join(', ')})`;
  const { judged, total, waived } = numbersOf(requirements, 'MUST');
  const { message, color } = {
    conformant: { message: waived === 0 ? 'conformant' : `conformant, ${waived} waived`, color: 'yellowgreen' },
    partial: { message: `partial ${judged}/${total}`, color: 'yellow' },
    'non-conformant': { message: 'not conformant', color: 'red' },
    unjudged: { message: 'not judged', color: 'lightgrey' },
  }[verdict.verdict];
  return `${makeBadge({ label, message, color: isWhole(verdict) ? 'brightgreen' : color })}\n`;
}
