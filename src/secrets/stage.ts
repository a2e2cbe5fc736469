/** What the calls of a script have to do with each other: which answer gives out what a later call needs. */
import type { Exchange } from '../exchange/index.js';
import { alteredTokens } from '../rules/alterations.js';
import { isSecretMember } from './names.js';
import type { Redactor } from './redactor.js';
import type { Pen, Word } from './shell.js';
import { isClientId, isGivenOut, isTime, membersParts, shortMember, timeAnew, tokenPattern } from './tokens.js';

/** What is known of the values in calls. */
export interface StageOptions {
  /** Values that stand as they are, such as ids of the target's accounts. */
  given?: ReadonlySet<string>;
  /** What makes the ids of the calls their own; each run of the script makes another. */
  mark?: string;
}

/** How a call in a loop differs each time. */
export interface Varied {
  /** A part of a text that is another each time. */
  token?: string;
}

/** The calls of a script, with what each needs of those before it. */
export interface Stage {
  /** With what the line of a call is written; `varied` where it stands in a loop. */
  pen(at: number, varied?: Varied): Pick<Pen, 'redactor' | 'taken' | 'substitute' | 'ask'>;
  /** Lines that take what the answer to a call gives out and later calls need. */
  takenFrom(at: number): string[];
  /** Whether a later call needs something of this one. */
  isNeeded(at: number): boolean;
  /** The lines before the calls that these need. */
  prelude(body: string): string[];
}

/** A value that is taken from an answer. */
interface Taken {
  value: string;
  name: string;
  at: number;
  /** For jq. */
  path: string;
}

/** So many last characters of an id that the suite made are made anew. */
const markLength = 8;

/** Finds out what the calls need of each other. */
export function createStage(
  calls: readonly Exchange[],
  redactor: Redactor,
  { given = new Set(), mark }: StageOptions,
): Stage {
  const sent = calls.map(tokensSent);
  // One moment for all, so that times keep their distances from each other.
  const endedAt = calls.at(-1)?.startedAt ?? 0;
  const taken = takenIn(calls, sent, given);
  const asked = new Map<string, string>();
  const names = (at: number) => new Map(taken.filter((each) => each.at < at).map(({ value, name }) => [value, name]));
  const isOwnId = (token: string) => isClientId(token) && !given.has(token);
  return {
    pen(at, varied) {
      const variables = names(at);
      const suffix = varied === undefined ? '$mark' : '$((mark + i))';
      const word = (token: string): Word[] => {
        const name = variables.get(token);
        if (name !== undefined) {
          const [before, behind] = membersParts(token) ?? ['', ''];
          return [before, { shell: `$${name}` }, behind];
        }
        if (mark !== undefined && token.includes(mark))
          return token.split(mark).flatMap((part, i) => (i === 0 ? [part] : [{ shell: '$mark' }, part]));
        if (isOwnId(token)) return [token.slice(0, -markLength), { shell: suffix }];
        if (token === varied?.token) return [token.slice(0, -markLength), { shell: suffix }];
        const besideTaken = besides(token, variables);
        if (besideTaken !== undefined) return [besideTaken];
        const time = timeAnew(token, endedAt);
        return [time === undefined ? token : { shell: time }];
      };
      return {
        redactor,
        taken: variables,
        ask: (variable, holds) => void asked.set(variable, holds),
        substitute: (text) => replaceTokens(text, word),
      };
    },
    takenFrom: (at) =>
      taken
        .filter((each) => each.at === at)
        .map(({ name, path }) => `${name}=$(jq -r '${path.replaceAll("'", `'\\''`)}' "$answers/${at + 1}.json")`),
    isNeeded(at) {
      const own = [...(sent[at] ?? [])].filter(
        (token) => isOwnId(token) && !taken.some(({ value }) => value === token),
      );
      return (
        taken.some((each) => each.at === at) || own.some((id) => sent.slice(at + 1).some((later) => later.has(id)))
      );
    },
    prelude(body) {
      for (const name of redactor.variables.values())
        if (new RegExp(`\\$\\{?${name}\\b`).test(body)) asked.set(name, 'a credential of the target');
      return [
        ...[...asked].map(([name, holds]) => `: "\${${name}:?is ${holds.replace(/[$"`\\}]/g, '')}}"`),
        ...(/\$mark\b|\(mark \+/.test(body) ? [markLine(mark)] : []),
        ...(/\$\(ago |\(now /.test(body) ? ['now=$(date +%s)'] : []),
        ...(body.includes('$(ago ') ? agoLines : []),
      ];
    },
  };
}

/** A number one beside one that was taken: bounds of pages are made so. */
function besides(token: string, variables: ReadonlyMap<string, string>): Word | undefined {
  if (!/^\d{9,15}$/.test(token)) return undefined;
  for (const step of [1, -1]) {
    const name = variables.get(`${Number(token) - step}`);
    // Not by arithmetic of the shell, which would carry out what a server could answer.
    if (name !== undefined) return { shell: `$(expr "$${name}" ${step > 0 ? '+' : '-'} 1)` };
  }
  return undefined;
}

function replaceTokens(text: string, word: (token: string) => Word[]): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (const { index, 0: token } of text.matchAll(tokenPattern)) {
    words.push(text.slice(at, index), ...word(token));
    at = index + token.length;
  }
  return [...words, text.slice(at)];
}

function markLine(mark: string | undefined): string {
  if (mark !== undefined) return `mark=$(od -An -N${Math.ceil(mark.length / 2)} -tx1 /dev/urandom | tr -d ' \\n')`;
  return `mark=$(($(od -An -N4 -tu4 /dev/urandom) % 80000000 + 10000000))`;
}

/** A time so many seconds before the script began. The dates of GNU and of BSD are asked in different ways. */
const agoLines = [
  `ago() {`,
  `  at=$((now - $1))`,
  `  date -u -d "@$at" '+%Y-%m-%d %H:%M:%S' 2>/dev/null || date -u -r "$at" '+%Y-%m-%d %H:%M:%S'`,
  `}`,
];

/** Everything in a request that may be an id, a time or a number, with the numbers beside it. */
export function tokensSent({ request }: Pick<Exchange, 'request'>): Set<string> {
  const text = [request.url, ...Object.values(request.headers), request.body ?? ''].join('\n');
  const tokens = text.match(tokenPattern) ?? [];
  const near = tokens
    .filter((token) => /^\d{9,15}$/.test(token))
    .flatMap((token) => [-1, 1].map((step) => `${Number(token) + step}`));
  return new Set([...tokens, ...near]);
}

/** The variable for a credential in an answer, by who was given it and its member: `ALICE_SECUREKEY`. */
export function variableFor(credential: string, exchange: Exchange): string {
  const member = memberAt(givenOut(exchange).get(credential) ?? '') || 'credential';
  return `${exchange.actor}_${member}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** What an answer gives out, by value, with its path for jq. */
export function givenOut({ response }: Exchange): Map<string, string> {
  const values = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      // From the end where it is nearer: what comes before may be of others.
      for (const [i, item] of value.entries()) visit(item, `${path}[${i * 2 < value.length ? i : i - value.length}]`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [member, item] of Object.entries(value)) {
        const at = /^[A-Za-z_]\w*$/.test(member) ? `${path}.${member}` : `${path}[${JSON.stringify(member)}]`;
        const short = shortMember(member, item);
        if (short !== undefined && !values.has(short)) values.set(short, rooted(at));
        visit(item, at);
      }
    } else if (isGivenOut(value) && !values.has(String(value))) {
      values.set(String(value), rooted(path));
    }
  };
  visit(response.json, '');
  return values;
}

/** The member at the end of a path for jq. */
function memberAt(path: string): string {
  return /(\w+)"?\]?$/.exec(path)?.[1] ?? '';
}

function rooted(path: string): string {
  return path.startsWith('.') ? path : `.${path}`;
}

/**
 * What later requests need of each answer, from the first that gives it out. Ids and times of the calls themselves count where another
 * call's answer shows them: a walk goes on from what its pages show.
 */
function takenIn(calls: readonly Exchange[], sent: readonly Set<string>[], given: ReadonlySet<string>): Taken[] {
  const taken: Taken[] = [];
  const known = new Set(given);
  for (const [at, call] of calls.entries()) {
    for (const token of sent[at] ?? []) if (!isClientId(token) && !isTime(token)) known.add(token);
    for (const [value, path] of givenOut(call)) {
      if (known.has(value) || sent[at]?.has(value)) continue;
      known.add(value);
      const wanted = [value, ...(isSecretMember(memberAt(path)) ? alteredTokens(value).map(([, other]) => other) : [])];
      const isUsed = sent.slice(at + 1).some((later) => wanted.some((each) => later.has(each)));
      if (isUsed) taken.push({ value, name: `v${taken.length + 1}`, at, path });
    }
  }
  return taken;
}
