/** Evidence of a miss that a fault of the stub makes, and its lines run in a shell. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { apis } from '../../apis/index.js';
import { serveStub, stubTarget } from '../../apis/stub.js';
import { checksOf } from '../../matrix/checks.js';
import { createKeeper } from '../../runner/suite.js';
import { named } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Evidence } from '../../src/verdict/index.js';

const execute = promisify(execFile);

/** What a miss offers, and how it can be run. */
export interface Offered {
  evidence: Evidence[];
  /** The credentials of the stub, by the names of their variables. */
  variables: Record<string, string>;
  /** Where the server was. */
  url: string;
}

/** Judges one requirement on a stub with a fault, and gives the evidence of the miss. Throws where nothing is missed. */
export async function evidenceOf(name: string, requirement: string, fault: string): Promise<Offered> {
  const api = named(apis, name);
  const checks = await checksOf(api);
  const check = checks.find(({ definition }) => definition.requirement.id === requirement);
  if (check === undefined) throw new Error(`there is no check of ${requirement}`);
  const { url, close } = await serveStub({ faults: [fault] });
  try {
    const target = resolveTarget({ ...stubTarget({ url }) }, 'stub', apis);
    const environment = createEnvironment(target, { apis });
    const keeper = createKeeper(check.suite, { api, environment, slot: 0, journal: memoryJournal });
    const judgement = await judge(check.definition, keeper as never, { confirm: false });
    const evidence = [...judgement.evidence, ...(judgement.observed[requirement]?.evidence ?? [])];
    if (judgement.outcome !== 'missed') throw new Error(`${requirement} was ${judgement.outcome} with ${fault}`);
    const variables = Object.fromEntries([...target.variables].map(([value, variable]) => [variable, value]));
    return { evidence, variables, url };
  } finally {
    await close();
  }
}

/** What a fresh stub answers to some lines that were made for a server at `offered.url`: what they print before they say what was due. */
export async function runOn(lines: string, { variables, url }: Offered, faults: string[]): Promise<string> {
  const server = await serveStub({ faults });
  try {
    const { stdout } = await execute('sh', ['-c', lines.replaceAll(url, server.url)], {
      env: { PATH: process.env.PATH, ...variables },
      timeout: 60_000,
    });
    return stdout.split(/^expected: /m)[0] ?? '';
  } finally {
    await server.close();
  }
}
