/** A find as a shell script that sends its calls again. */
import type { Exchange, SentRequest } from '../exchange/index.js';
import { curlLine, type Redactor } from '../secrets/index.js';
import type { Find } from './find.js';
import type { Made } from './player.js';
import { isTogether, linesOf, told } from './story.js';

/** What the server gave out, or the script makes: in place of a value stands the variable that holds it. */
interface Variables {
  /** By value, the variable. */
  known: Map<string, string>;
  /** Credentials that whoever runs the script must give. */
  asked: Set<string>;
}

/** Shorter values stand in many places by chance. */
const shortestValue = 6;
/** Stands in for `'"$name"'` until the line is quoted. */
const [open, close] = ['\ue000', '\ue001'];

/**
 * The script of a find, for a POSIX shell with curl and jq. What the server gives out is taken from its answers, ids of the sequence are
 * made anew, and credentials come from variables of the environment that it names.
 */
export function scriptOf({ story }: Find, redactor: Redactor): string {
  const variables: Variables = { known: new Map(story.mark ? [[story.mark, 'mark']] : []), asked: new Set() };
  const calls = told(story).filter((made): made is Made & { exchange: Exchange } => made.exchange !== undefined);
  const lines = linesOf(story, redactor);
  const blocks = calls.map((made, i) => {
    const answer = `"$answers/${i + 1}.json"`;
    const [before, after] = [calls[i - 1], calls[i + 1]];
    const goesOn = after !== undefined && isTogether(story, made, after);
    const wentOn = before !== undefined && isTogether(story, before, made);
    const send = `${lineOf(made, variables, redactor)} > ${answer}${goesOn ? ' &' : ''}`;
    return [
      `# ${oneLine(lines[i] ?? '')}`,
      send,
      ...(wentOn && !goesOn ? ['wait'] : []),
      ...(goesOn ? [] : takenFrom(made.exchange, i + 1, variables)),
    ].join('\n');
  });
  const { requirement, message, expected, found } = story.sighting.miss;
  const said = redactor.finding({ message, expected, found });
  return [
    '#!/bin/sh',
    `# ${requirement}: ${oneLine(said.message)}`,
    '# Needs curl and jq. Set the variables named below to the credentials that stood there.',
    'set -eu',
    'answers=$(mktemp -d)',
    ...(story.mark ? [`mark=$(od -An -N${Math.ceil(story.mark.length / 2)} -tx1 /dev/urandom | tr -d ' \\n')`] : []),
    ...[...variables.asked].map((name) => `: "\${${name}:?is a credential that the script needs}"`),
    '',
    ...needed(blocks).flatMap((block) => [block, '']),
    `cat "$answers/${calls.length}.json"`,
    'echo',
    `echo expected: ${quoted(said.expected ?? 'see above')}`,
    `echo found: ${quoted(said.found ?? said.message)}`,
    '',
  ].join('\n');
}

/** The blocks without the variables that no later block uses. */
function needed(blocks: readonly string[]): string[] {
  return blocks.map((block, i) => {
    const later = blocks.slice(i + 1).join('\n');
    const isUsed = (line: string) => {
      const name = /^(v\d+)=/.exec(line)?.[1];
      return name === undefined || later.includes(`"$${name}"`);
    };
    return block.split('\n').filter(isUsed).join('\n');
  });
}

function lineOf({ call, exchange }: Made & { exchange: Exchange }, variables: Variables, redactor: Redactor): string {
  const { request } = exchange;
  const headers = Object.entries(redactor.headers(request.headers)).map(([name, value]): [string, string] => {
    const given = request.headers[name] ?? '';
    if (value === given) return [name, substituted(value, variables)];
    return [name, value.replaceAll('***', askedFor(call.as ?? call.at ?? call.actor, name, variables))];
  });
  const sent: SentRequest = {
    ...request,
    url: substituted(request.url, variables),
    headers: Object.fromEntries(headers),
    ...(request.body !== undefined && { body: bodyOf(request, call.as ?? call.actor, variables, redactor) }),
  };
  // What is to be hidden is hidden already: a variable's name is no credential.
  const line = curlLine(sent, { ...redactor, headers: (own) => ({ ...own }) });
  return line.replaceAll(open, `'"$`).replaceAll(close, `"'`);
}

function bodyOf(request: Exchange['request'], actor: string, variables: Variables, redactor: Redactor): string {
  if (request.json === undefined) return substituted(redactor.text(request.body ?? ''), variables);
  const shown = (value: unknown, redacted: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      const known = variables.known.get(value);
      if (known !== undefined) return reference(known);
      if (redacted !== '***') return substituted(String(redacted), variables);
      return askedFor(actor, name, variables);
    }
    if (typeof value !== 'object' || value === null) return redacted;
    const of = (member: string) => (redacted as Record<string, unknown> | null)?.[member];
    const entries = Object.entries(value).map(([member, inner]) => [member, shown(inner, of(member), member)]);
    return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
  };
  return JSON.stringify(shown(request.json, redactor.json(request.json), ''));
}

/** A variable for a credential of somebody, which the script asks for. */
function askedFor(actor: string, name: string, { asked }: Variables): string {
  const variable = `${actor}_${name}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  asked.add(variable);
  return reference(variable);
}

const reference = (name: string) => `${open}${name}${close}`;

/** The text with variables in place of the values that they hold. */
function substituted(text: string, { known }: Variables): string {
  return [...known].reduce((given, [value, name]) => given.replaceAll(value, reference(name)), text);
}

/** Lines that take what an answer gives out and no answer before has given. */
function takenFrom({ response, request }: Exchange, number: number, { known }: Variables): string[] {
  const lines: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [member, inner] of Object.entries(value)) {
        visit(inner, Array.isArray(value) ? `${path}[${member}]` : `${path}[${JSON.stringify(member)}]`);
      }
    } else if (isTaken(value, request, known)) {
      const name = `v${known.size + 1}`;
      known.set(value, name);
      lines.push(`${name}=$(jq -r ${quoted(`.${path}`)} "$answers/${number}.json")`);
    }
  };
  visit(response.json, '');
  return lines;
}

function isTaken(value: unknown, { body = '', url }: SentRequest, known: Map<string, string>): value is string {
  if (typeof value !== 'string' || value.length < shortestValue || !/^[\w-]+$/.test(value)) return false;
  // What the call itself has brought is no news; nor is a word.
  return !known.has(value) && !body.includes(value) && !url.includes(value) && /\d/.test(value);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
