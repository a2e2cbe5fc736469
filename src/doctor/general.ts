import { UsageError } from '../errors.js';
import type { ApiName, Exchange } from '../exchange/index.js';
import { journalPath, readJournal } from '../journal/journal.js';
import { allows } from '../judge/index.js';
import type { Requirement } from '../requirements/types.js';
import type { ResolvedTarget } from '../target/index.js';
import type { DoctorFinding } from './finding.js';

/** What is known of an API when permissions are looked at. */
interface Catalogued {
  name: ApiName;
  requirements: readonly Requirement[];
}

/** What the permissions of a target leave unjudged. An API of which they leave every MUST cannot be judged at all. */
export function permissions(target: ResolvedTarget, apis: readonly Catalogued[]): DoctorFinding[] {
  const { allow } = target;
  const isJudged = ({ requirements }: Catalogued) =>
    requirements.some(({ level, needs }) => level === 'MUST' && allows(allow, needs));
  const others = apis.filter(isJudged).map(({ name }) => name);
  const leave = others.length === 0 ? '' : `, or judge the others alone with --api ${others.join()}`;
  return [
    permitted(target, apis),
    ...apis
      .filter((api) => !isJudged(api))
      .map(
        ({ name }): DoctorFinding => ({
          level: 'problem',
          subject: `"allow": "${allow}"`,
          message: `leaves no MUST of ${name} to be judged`,
          mend: `allow "write" where the server may be changed${leave}`,
        }),
      ),
  ];
}

function permitted({ allow }: ResolvedTarget, apis: readonly Catalogued[]): DoctorFinding {
  const all = apis.flatMap(({ requirements }) => requirements);
  const left = all.filter(({ needs }) => !allows(allow, needs));
  const subject = `"allow": "${allow}"`;
  if (left.length === 0) return { level: 'ok', subject, message: `lets a run judge all ${all.length} requirements` };
  const parts = (['write', 'destroy'] as const).flatMap((needs) => {
    const those = left.filter((requirement) => requirement.needs === needs);
    if (those.length === 0) return [];
    const must = those.filter(({ level }) => level === 'MUST').length;
    return [`${must} MUST and ${those.length - must} SHOULD that need "${needs}"`];
  });
  return {
    level: 'note',
    subject,
    message: `leaves ${left.length} of ${all.length} requirements unjudged, ${parts.join(', ')}`,
    mend: 'allow more in the target file where the server may be changed',
  };
}

/** What an interrupted run left to be put back. */
export function leftovers({ source, allow }: ResolvedTarget): DoctorFinding[] {
  if (source === 'stub') return [];
  const subject = 'The journal of the target';
  const { pending, problems } = journalOf(source);
  if (problems.length > 0)
    return problems.map((problem) => ({
      level: 'problem',
      subject,
      message: `cannot be believed (${problem.replace(/\.$/, '')})`,
    }));
  const count = pending.length;
  if (count === 0) return [];
  const next = allows(allow, 'write') ? 'the next run puts them back, or' : 'put them back with';
  return [
    {
      level: 'note',
      subject,
      message: `names ${count === 1 ? 'one change' : `${count} changes`} that a run has not put back yet`,
      mend: `${next} chat-conformance cleanup --target ${source}`,
    },
  ];
}

function journalOf(source: string): { pending: unknown[]; problems: string[] } {
  try {
    return readJournal(journalPath(source));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { pending: [], problems: [error.message] };
  }
}

/**
 * How far the server's clock is from this machine's, by the `Date` headers of its answers; nothing where none came. A header
 * shows whole seconds, so differences of about a second mean nothing.
 */
export function clock(
  { clockToleranceSeconds: tolerance }: ResolvedTarget,
  api: ApiName,
  exchanges: readonly Exchange[],
): DoctorFinding[] {
  const apart = exchanges
    .filter((exchange) => exchange.api === api)
    .map(
      ({ response, startedAt, durationMs }) =>
        Date.parse(response.headers.date ?? '') + 500 - (startedAt + durationMs / 2),
    )
    .filter((ms) => !Number.isNaN(ms))
    .sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  if (apart === undefined) return [];
  const seconds = Math.round(Math.abs(apart) / 1000);
  const subject = `The clock of ${api}.url`;
  if (seconds <= tolerance / 2)
    return [{ level: 'ok', subject, message: `agrees with this machine's within ${Math.max(1, seconds)} s` }];
  const message = `is ${seconds} s ${apart > 0 ? 'ahead of' : 'behind'} this machine's, and the tolerance is ${tolerance} s`;
  return [{ level: 'note', subject, message, mend: 'set both clocks by NTP, or raise clockToleranceSeconds' }];
}
