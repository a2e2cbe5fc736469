/** A story told: to people, to a verdict, to a shell. */
import type { Exchange } from '../exchange/index.js';
import { shortened } from '../rules/index.js';
import { type Evidence, type Redactor, toEvidence } from '../secrets/index.js';
import { blankJudgement, type Judgement } from '../verdict/index.js';
import type { Find } from './find.js';
import type { Story } from './hunt.js';
import type { Made } from './player.js';

/** What one miss found by exploring says in a verdict; `basis` tells it from what a check found. */
export function judgementOf(find: Find, startedAt: number, redactor: Redactor): Judgement {
  const { story, intermittent } = find;
  const { requirement, mayLag: _mayLag, exchanges: _exchanges, ...finding } = story.sighting.miss;
  return {
    ...blankJudgement(requirement, 'missed', startedAt),
    basis: 'generated',
    ...(intermittent && { intermittent: true as const }),
    findings: [redactor.finding(finding)],
    evidence: evidenceOf(story, redactor),
    steps: linesOf(story, redactor),
  };
}

/** The calls that a story needs: those of other views than the one that shows it are left out. */
export function told({ made, sighting }: Story): readonly Made[] {
  const { actor, action, at } = sighting.made.call;
  const isPart = ({ step, call }: Made) =>
    step !== 'view' || (call.actor === actor && call.action === action && call.at === at);
  return made.filter(isPart);
}

/** Each call in a line: who does what, and what comes of it. */
export function linesOf(story: Story, redactor: Redactor): string[] {
  const calls = told(story);
  return calls.map((made, i) => {
    const { call, exchange } = made;
    const together = calls.some((other, j) => j !== i && isTogether(story, other, made));
    const members = Object.entries(call.members).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    const what = [call.action, shortened(members.join(', '), 200)].filter((part) => part !== '').join(' with ');
    const line = `${call.actor}${call.at?.includes(' ') ? ` (${call.at})` : ''}: ${what}${together ? ' (at the same time)' : ''}`;
    return redactor.sentence(`${i + 1}. ${line}. ${answerOf(exchange)}`);
  });
}

/** Whether two calls of a story were made at the same time. */
export function isTogether({ steps }: Story, one: Made, other: Made): boolean {
  return one.step === other.step && typeof one.step === 'number' && (steps[one.step]?.length ?? 0) > 1;
}

function answerOf(exchange: Exchange | undefined): string {
  if (exchange === undefined) return 'No answer comes.';
  const { status, json, text } = exchange.response;
  return `HTTP ${status} ${shortened(json === undefined ? text : JSON.stringify(json), 160)}`;
}

/** The exchanges of a story. */
export function evidenceOf(story: Story, redactor: Redactor): Evidence[] {
  return told(story).flatMap(({ call, exchange, step }) =>
    exchange === undefined
      ? []
      : [
          toEvidence(
            {
              ...exchange,
              ...(step === 'prelude' && { note: 'so that the sequence begins from what is known' }),
              action: call.action,
              actor: call.actor,
            },
            redactor,
          ),
        ],
  );
}

/** A find as a page of Markdown. @param files the names of its replay file and of its script, beside it */
export function pageOf(
  { story, intermittent, seed, path }: Find,
  title: string,
  files: { replay: string; script: string },
  redactor: Redactor,
): string {
  const { requirement, ...rest } = story.sighting.miss;
  const { message, expected, found, path: where } = redactor.finding(rest);
  const fenced = (value: unknown) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
    return text.split('\n').map((line) => `    ${line}`);
  };
  return [
    `# ${requirement}: ${title}`,
    '',
    `${message}.${intermittent ? ' It does not show each time.' : ''}`,
    '',
    ...(where === undefined ? [] : [`- at: \`${where}\``]),
    ...(expected === undefined ? [] : [`- expected: ${expected}`]),
    ...(found === undefined ? [] : [`- found: ${found}`]),
    `- seed: ${seed}${path === '' ? '' : `, path ${path}`}`,
    `- once more: \`chat-conformance run --target FILE --replay ${files.replay}\`, or \`${files.script}\` with curl`,
    '',
    '## The story',
    '',
    ...linesOf(story, redactor),
    '',
    '## The exchanges',
    ...evidenceOf(story, redactor).flatMap(({ actor, action, request, response }, i) => [
      '',
      `### ${i + 1}. ${actor}: ${action}`,
      '',
      ...fenced(`${request.method} ${request.url}`),
      ...(request.body === undefined ? [] : fenced(request.body)),
      '',
      ...fenced(response === null ? 'no answer' : `HTTP ${response.status}`),
      ...(response?.body === undefined ? [] : fenced(response.body)),
    ]),
    '',
  ].join('\n');
}
