import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genesysActions } from '../../apis/genesys/actions.js';
import { ozekiActions } from '../../apis/ozeki/actions.js';
import { relationActions } from '../../apis/relation/actions.js';
import type { Target } from '../../types/target.js';
import type { Api, Level } from '../exchange/index.js';
import { stubTarget } from '../stub/target.js';
import type { ResolvedTarget } from '../target/index.js';
import type { Io } from './io.js';

/** What the requests of each action do to a server. */
const actions: Readonly<Partial<Record<Api, Readonly<Record<string, { level: Level }>>>>> = {
  ozeki: ozekiActions,
  genesys: genesysActions,
  relation: relationActions,
};

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
  const { serveStub } = await import('../stub/index.js');
  const served = await serveStub();
  try {
    const file = join(folder, 'target.json');
    writeFileSync(file, JSON.stringify(standIn(stubTarget({ url: served.url }), target, apis)));
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
function standIn(stub: Target, target: ResolvedTarget, apis: readonly Api[]): Target {
  const { ozeki, genesys, relation } = stub;
  const has = (api: Api) => apis.includes(api);
  return {
    name: target.name,
    allow: target.allow,
    ...(has('ozeki') &&
      ozeki && {
        ozeki: {
          ...ozeki,
          firstPageCursor: target.ozeki?.firstPageCursor,
          pairs: ozeki.pairs.slice(0, target.ozeki?.pairs.length),
          outsider: target.ozeki?.outsider && ozeki.outsider,
        },
      }),
    ...(has('genesys') && genesys && { genesys }),
    ...(has('relation') &&
      relation && { relation: { ...relation, outsider: target.relation?.outsider && relation.outsider } }),
  };
}

function planLines(target: ResolvedTarget, apis: readonly Api[], sent: Record<string, number>): string[] {
  const rows = Object.entries(sent).map(([key, count]) => {
    const [api = '', action = ''] = key.split('/');
    const level = actions[api as Api]?.[action]?.level;
    return row(api, level === undefined ? '(bad input)' : action, level ?? '', `${count}`);
  });
  const unsent = apis.flatMap((api) =>
    Object.entries(actions[api] ?? {})
      .filter(([action]) => sent[`${api}/${action}`] === undefined)
      .map(([action, { level }]) => `${api} ${action} (${level})`),
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
