/** A board of notes as an API with a model of its own, served in this process: for tests of the engine alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { createEnvironment, type Environment } from '../../src/environment/environment.js';
import type { Exchange } from '../../src/exchange/index.js';
import type { Call, Explorable, Ground, Judged, Model } from '../../src/explore/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';

/** What the board does wrong. */
export interface Broken {
  /** A note is lost that is added behind a clear. */
  lostBehindClear?: boolean;
  /** A note is lost that comes while another is written. */
  lostAtOnce?: boolean;
  /** A note is lost in these sequences, counted from 1. */
  lostIn?: (sequence: number) => boolean;
  /** Shows what it held so many looks ago. */
  lagsBy?: number;
}

interface Command {
  do: 'add' | 'clear' | 'list' | 'addAndList';
  by: 'alice' | 'bob';
  note?: string;
}

interface State {
  notes: readonly string[];
}

const by = fc.constantFrom('alice' as const, 'bob' as const);
const kindOf = (weight: number, commands: fc.Arbitrary<Command>, needs: 'read' | 'write' | 'destroy') => ({
  weight,
  needs,
  atOnce: true,
  commands,
});

/** The requirements of the board. */
export const requirements = [
  { id: 'TOY-ADD-1', level: 'MUST' as const },
  { id: 'TOY-ALIVE-1', level: 'MUST' as const },
];

/** The board, with how often each sequence was begun and ended. */
export function createToy(broken: Broken = {}) {
  const told = { begun: 0, ended: 0, sent: 0, added: 0 };
  let notes: string[] = [];
  let wasCleared = false;
  const shown: string[][] = [];

  const serve = async ({ action, members }: Call): Promise<unknown> => {
    if (action === 'clear') {
      [notes, wasCleared] = [[], true];
      return {};
    }
    if (action === 'list') {
      shown.push([...notes]);
      return { notes: shown.at(-1 - (broken.lagsBy ?? 0)) ?? [] };
    }
    told.added++;
    const before = [...notes];
    await sleep(1);
    const isLostBehind = broken.lostBehindClear === true && wasCleared && before.length === 0;
    const isLost = isLostBehind || broken.lostIn?.(told.begun) === true;
    if (!isLost) notes = [...(broken.lostAtOnce ? before : notes), String(members.note)];
    return {};
  };

  const ground = (environment: Environment): Ground<State> => ({
    async begin() {
      told.begun++;
      [notes, wasCleared] = [[], false];
      return { notes: [] };
    },
    async send(call) {
      environment.guard({ api: 'toy', action: call.action, level: 'read' });
      told.sent++;
      const request = {
        method: 'POST',
        url: 'http://toy.test/',
        headers: { authorization: 'secret-of-alice' },
        body: '{}',
      };
      const json = await serve(call);
      const exchange: Exchange = {
        api: 'toy',
        action: call.action,
        intent: 'call',
        actor: call.actor,
        request: { ...request, json: call.members },
        response: { status: 200, headers: {}, text: JSON.stringify(json), bytes: 2, json },
        startedAt: Date.now(),
        durationMs: 1,
        violations: { request: [], response: [] },
      };
      return exchange;
    },
    async end() {
      told.ended++;
      return [];
    },
    close: async () => [],
    mark: () => undefined,
    groundTruth: { emails: [], clockToleranceMs: 0 },
  });

  const judge = (state: State, { action, request, response }: Exchange): Judged<State> => {
    if (action === 'clear') return { state: { notes: [] }, misses: [] };
    const { note } = request.json as { note?: string };
    if (action === 'add') return { state: { notes: [...state.notes, String(note)] }, misses: [] };
    const found = (response.json as { notes: string[] }).notes;
    const isRight = JSON.stringify([...found].sort()) === JSON.stringify([...state.notes].sort());
    const miss = {
      requirement: 'TOY-ADD-1',
      message: 'a note is lost',
      expected: state.notes.join(),
      found: found.join(),
      mayLag: true,
    };
    return { state, misses: isRight ? [] : [miss] };
  };

  const model: Model<State, Command> = {
    requirements: ['TOY-ADD-1'],
    answered: 'TOY-ALIVE-1',
    lanes: () => 1,
    ground: async (environment) => ground(environment),
    kinds: {
      add: kindOf(4, fc.record({ do: fc.constant('add' as const), by, note: fc.constantFrom('a', 'b') }), 'write'),
      clear: kindOf(1, fc.record({ do: fc.constant('clear' as const), by }), 'destroy'),
      list: kindOf(2, fc.record({ do: fc.constant('list' as const), by }), 'read'),
    },
    prelude: () => [],
    views: () => [{ do: 'list', by: 'alice' }],
    next(_state, { do: what, by: actor, note }, made) {
      const actions = what === 'addAndList' ? ['add', 'list'] : [what];
      const action = actions[made.length];
      return action === undefined ? undefined : { actor, action, members: note === undefined ? {} : { note } };
    },
    again: (command) => (command.do === 'addAndList' ? { do: 'list', by: command.by } : command),
    judge,
  };
  const api = {
    name: 'toy',
    actions: { add: { level: 'write' }, clear: { level: 'destroy' }, list: { level: 'read' } },
    requirements: requirements.map(({ id, level }) => ({ id, level, api: 'toy', title: id })),
    passive: () => [],
    model: async () => model,
  } as unknown as Explorable;
  return { api, told, environment: createEnvironment(target) };
}

const target: ResolvedTarget = {
  source: 'stub',
  name: 'toy',
  allow: 'destroy',
  timeoutMs: 1000,
  clockToleranceSeconds: 120,
  exclusive: true,
  connections: {},
  without: {},
  sections: {},
  secrets: ['secret-of-alice'],
  variables: new Map(),
};
