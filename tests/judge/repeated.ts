/** Evidence of a miss that a fault of the stub makes, and its lines run in a shell. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { apis } from '../../apis/index.js';
import { createStub, serveStub, stubTarget } from '../../apis/stub.js';
import { checksOf } from '../../matrix/checks.js';
import { createKeeper } from '../../runner/suite.js';
import { named } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { withinProcess } from '../../src/stub/index.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Evidence } from '../../src/verdict/index.js';

const execute = promisify(execFile);

/** What a miss offers, and how it can be run. */
export interface Offered {
  evidence: Evidence[];
  /** The credentials of the stub, by the names of their variables. */
  variables: Record<string, string>;
}

/** Judges one requirement on a stub with a fault, and gives the evidence of the miss. Throws where nothing is missed. */
export async function evidenceOf(name: string, requirement: string, fault: string): Promise<Offered> {
  const api = named(apis, name);
  const checks = await checksOf(api);
  const check = checks.find(({ definition }) => definition.requirement.id === requirement);
  if (check === undefined) throw new Error(`there is no check of ${requirement}`);
  const { fetch } = createStub({ faults: [fault] });
  const target = resolveTarget({ ...stubTarget({ url: withinProcess }) }, 'stub', apis);
  const environment = createEnvironment(target, { apis, fetch });
  const keeper = createKeeper(check.suite, { api, environment, slot: 0, journal: memoryJournal });
  const judgement = await judge(check.definition, keeper as never, { confirm: false });
  if (judgement.outcome !== 'missed') throw new Error(`${requirement} was ${judgement.outcome} with ${fault}`);
  const evidence = [...judgement.evidence, ...(judgement.observed[requirement]?.evidence ?? [])];
  const variables = Object.fromEntries([...target.variables].map(([value, variable]) => [variable, value]));
  return { evidence, variables };
}

/** What a fresh stub answers to the lines of a miss: what they print before they say what was due. */
export async function runOn(lines: string, { variables }: Offered, faults: string[]): Promise<string> {
  const server = await serveStub({ faults });
  try {
    const { stdout } = await execute('sh', ['-c', lines.replaceAll(withinProcess, server.url)], {
      env: { PATH: process.env.PATH, ...variables },
      timeout: 60_000,
    });
    return stdout.split(/^expected: /m)[0] ?? '';
  } finally {
    await server.close();
  }
}
