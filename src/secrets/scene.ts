/** Which of the calls of a check make the situation that a miss shows in. */
import type { Exchange } from '../exchange/index.js';
import { isSecretMember } from './names.js';
import type { Redactor } from './redactor.js';
import { type ScriptCall, type Shown, scriptOf } from './script.js';
import { isUnsaid } from './shell.js';
import { givenOut, type StageOptions, tokensSent } from './stage.js';
import { isClientId, isTime } from './tokens.js';

/** The calls of a check, in their order, and the ones that a miss was seen in. */
export interface Scene extends StageOptions {
  /** With which the session was opened, before the check. */
  opening: readonly Exchange[];
  calls: readonly Exchange[];
  /** Some of `calls`. */
  seenIn: readonly Exchange[];
}

/** What changes something, of which no answer and no id tells that it is needed: no more than these before the call that looks. */
const mostChanges = 30;
/** A script of more is nothing that anybody reads. In UTF-16 units. */
const longestScript = 48 * 1024;

/**
 * The script that makes the situation of a miss and shows it; `undefined` where one call alone does. The calls that it has are those
 * that give out what the calls in which the miss was seen bear, those that made what these show, and what changed something since the
 * same was looked at before.
 */
export function sceneScript(scene: Scene, shown: Shown, redactor: Redactor): string | undefined {
  const { opening, calls, seenIn } = scene;
  const seen = new Set(seenIn.map((exchange) => calls.indexOf(exchange)).filter((at) => at >= 0));
  const needed = neededFor(seen, scene, `${shown.expected ?? ''} ${shown.found ?? ''}`);
  if (seen.size === 0 || needed.length < 2 || needed.some((at) => isUnsaid((calls[at] as Exchange).request)))
    return undefined;
  const actors = new Set(needed.map((at) => calls[at]?.actor));
  const views = new Set(seenIn.map(viewOf));
  const signIns = opening.filter((exchange) => actors.has(exchange.actor) && isSignIn(exchange));
  const told: ScriptCall[] = [
    ...signIns.map((exchange) => ({ exchange, words: wordsFor(exchange) })),
    ...needed.map((at) => {
      const exchange = calls[at] as Exchange;
      return { exchange, words: wordsFor(exchange), isShown: views.has(viewOf(exchange)) };
    }),
  ];
  const script = scriptOf(told, shown, redactor, scene);
  return script.length > longestScript ? undefined : script;
}

/** Who looked at what. */
function viewOf({ actor, action }: Exchange): string {
  return `${actor} ${action}`;
}

function wordsFor({ actor, action }: Exchange): string {
  return `${actor}: ${action}`;
}

/** Whether a call bears a credential in its body, as signing in does. */
function isSignIn({ request, intent }: Exchange): boolean {
  const { json } = request;
  return (
    intent === 'call' &&
    typeof json === 'object' &&
    json !== null &&
    Object.keys(json).some((name) => isSecretMember(name))
  );
}

/** The indexes of the calls that are needed, in order. */
function neededFor(seen: ReadonlySet<number>, { calls, given = new Set() }: Scene, said: string): number[] {
  const sent = calls.map(tokensSent);
  const makers = makersOf(calls, sent, given);
  const needed = new Set<number>();
  const need = (at: number): void => {
    if (needed.has(at)) return;
    needed.add(at);
    for (const token of sent[at] ?? []) {
      const maker = makers.get(token);
      if (maker !== undefined && maker < at) need(maker);
    }
  };
  for (const at of seen) {
    need(at);
    // That a probe was not refused is seen in its answer, whatever was done before.
    if (calls[at]?.intent === 'probe') continue;
    const text = `${calls[at]?.response.text ?? ''} ${said}`;
    for (const [token, maker] of makers) if (maker < at && isClientId(token) && text.includes(token)) need(maker);
    for (const change of changesBefore(at, seen, calls)) need(change);
  }
  return [...needed].sort((a, b) => a - b);
}

/** By value, the first call that made it up or whose answer gave it out. */
function makersOf(
  calls: readonly Exchange[],
  sent: readonly ReadonlySet<string>[],
  given: ReadonlySet<string>,
): Map<string, number> {
  const makers = new Map<string, number>();
  for (const [at, call] of calls.entries()) {
    const ids = [...(sent[at] ?? [])].filter(isClientId);
    // Times stand beside ids, and two that are the same need not have to do with each other.
    const values = [...ids, ...[...givenOut(call).keys()].filter((value) => !isTime(value))];
    for (const value of values) if (!given.has(value) && !makers.has(value)) makers.set(value, at);
  }
  return makers;
}

/** What changed something since the same user called the same action before. */
function changesBefore(at: number, seen: ReadonlySet<number>, calls: readonly Exchange[]): number[] {
  const view = viewOf(calls[at] as Exchange);
  const changes: number[] = [];
  for (let before = at - 1; before >= 0 && changes.length < mostChanges; before -= 1) {
    const call = calls[before] as Exchange;
    if (call.level !== 'read' && call.level !== undefined) changes.push(before);
    if (viewOf(call) === view && !seen.has(before)) break;
  }
  return changes;
}
