import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Api } from '../api/api.js';
import { serveStub } from '../api/stub.js';
import { type ResolvedTarget, stubTarget } from '../target/index.js';
import type { Io } from './io.js';

/** Runs the suite against the target file `source`, silently, with its reports in `reports`. Resolves with why it failed, if it did. */
export type Rehearse = (source: string, reports: string) => Promise<string | undefined>;

/**
 * Prints what a run would send, and sends the target nothing: the run is rehearsed against the stub with the target's permissions
 * and as many accounts, and the stub counts. A live server's longer history can take some more requests. Gives the exit code.
 */
export async function printPlan(
  target: ResolvedTarget,
  apis: readonly Api[],
  rehearse: Rehearse,
  io: Io,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-plan-'));
  const served = await serveStub(apis);
  try {
    const file = join(folder, 'target.json');
    writeFileSync(file, JSON.stringify(standIn(served.url, target, apis)));
    const failure = await rehearse(file, folder);
    if (failure !== undefined) {
      io.err(`chat-conformance: the plan could not be made. ${failure}`);
      return 2;
    }
    for (const line of planLines(target, apis, served.stub.sent())) io.out(line);
    return 0;
  } finally {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The stub's target, cut down to what `target` allows and has. */
function standIn(url: string, target: ResolvedTarget, apis: readonly Api[]): unknown {
  const stub = stubTarget(apis, { url });
  const sections = apis.flatMap((api) => {
    const section = target.sections[api.name];
    return section === undefined ? [] : [[api.name, api.target.standIn(stub[api.name], section)]];
  });
  return { ...stub, name: target.name, allow: target.allow, ...Object.fromEntries(sections) };
}

function planLines(target: ResolvedTarget, apis: readonly Api[], sent: Record<string, number>): string[] {
  const rows = Object.entries(sent).map(([key, count]) => {
    const [api = '', action = ''] = key.split('/');
    const level = apis.find(({ name }) => name === api)?.actions[action]?.level;
    return row(api, level === undefined ? '(bad input)' : action, level ?? '', `${count}`);
  });
  const unsent = apis.flatMap(({ name, actions }) =>
    Object.entries(actions)
      .filter(([action]) => sent[`${name}/${action}`] === undefined)
      .map(([action, { level }]) => `${name} ${action} (${level})`),
  );
  const total = Object.values(sent).reduce((sum, count) => sum + count, 0);
  return [
    `A run against ${target.name} would send about ${total} requests at the level ${target.allow}. Nothing has been sent to it.`,
    '',
    row('API', 'action', 'level', 'requests'),
    ...rows,
    ...(unsent.length === 0 ? [] : ['', `Not sent at all: ${unsent.join(', ')}.`]),
  ];
}

function row(api: string, action: string, level: string, requests: string): string {
  return `  ${api.padEnd(10)}${action.padEnd(28)}${level.padEnd(9)}${requests.padStart(8)}`;
}
