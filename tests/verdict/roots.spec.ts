import fc from 'fast-check';
import { buildVerdict, misshapen, type RequirementVerdict, rootsOf } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { evidence, finding, judgement, requirement } from './builders.js';

/** A requirement as a verdict has it. */
function row(id: string, members: Partial<RequirementVerdict> = {}): RequirementVerdict {
  return { ...requirement(id), status: 'fail', ...members };
}

const shapeOf = (action: string, path = '/data/0/Created', members: Partial<RequirementVerdict> = {}) =>
  row('OZ-COM-3', {
    action: '*',
    topic: 'shape',
    findings: [finding('is not as documented', { path })],
    evidence: [evidence({ action })],
    ...members,
  });

test('an answer whose shape is wrong explains what could not be seen in it', () => {
  const reason = misshapen('list');
  const rows = [
    row('OZ-ADD-4', { status: 'error', cause: 'server', reason }),
    shapeOf('list'),
    row('OZ-LIST-1', { findings: [finding(`${reason}, so it does not show what this requirement asks for`)] }),
    row('OZ-MUTE-1', { status: 'error', cause: 'server', reason: misshapen('mute') }),
  ];
  expect(rootsOf(rows)).toEqual([{ id: 'OZ-COM-3', followers: ['OZ-ADD-4', 'OZ-LIST-1'] }]);
});

test('what is wrong at the very place of a wrong shape follows from it, and nothing else', () => {
  const at = (id: string, path: string | undefined, action = 'list') =>
    row(id, { findings: [finding('out of order', { path })], evidence: [evidence({ action })] });
  const rows = [
    shapeOf('list'),
    at('OZ-PAGE-1', '/data/7/Created'),
    at('OZ-PAGE-2', '/data/7/Created/seconds'),
    at('OZ-PAGE-3', '/data/7/CreatedBy'),
    at('OZ-PAGE-4', '/data/7/Created', 'add'),
    at('OZ-PAGE-5', undefined),
  ];
  expect(rootsOf(rows)).toEqual([{ id: 'OZ-COM-3', followers: ['OZ-PAGE-1', 'OZ-PAGE-2'] }]);
});

test('a refused call explains the other rows of its action, and what needs it elsewhere', () => {
  const message = 'add was not served: HTTP 500, no JSON';
  const verdict = buildVerdict({
    target: { name: 'staging', allow: 'destroy', urls: {} },
    apis: ['ozeki'],
    strict: false,
    catalogue: ['OZ-LIST-1', 'OZ-ADD-1', 'OZ-ADD-2'].map((id) => requirement(id)),
    judgements: [
      judgement('OZ-LIST-1', { outcome: 'error', cause: 'server', blockedBy: 'add', reason: message }),
      judgement('OZ-ADD-1', { outcome: 'missed', findings: [finding(message)] }),
      judgement('OZ-ADD-2', { outcome: 'missed', findings: [finding(message)] }),
    ],
    startedAt: 0,
    durationMs: 1,
    requests: 3,
  });
  expect(rootsOf(verdict.requirements)).toEqual([{ id: 'OZ-ADD-1', followers: ['OZ-LIST-1', 'OZ-ADD-2'] }]);
});

test('one environment that keeps checks from judging is told once, for each API', () => {
  const reason = (seconds: number) => `the gateway answered 503 for ${seconds} s`;
  const lost = (id: string, api: string, seconds: number) =>
    row(id, { api, status: 'error', cause: 'environment', reason: reason(seconds) });
  expect(rootsOf([lost('OZ-1', 'ozeki', 3), lost('OZ-2', 'ozeki', 4), lost('RE-1', 'relation', 3)])).toEqual([
    { id: 'OZ-1', followers: ['OZ-2'] },
  ]);
});

test('a MUST is never hidden behind a SHOULD, nor a miss behind a waived one', () => {
  const follower = row('OZ-PAGE-1', {
    findings: [finding('out of order', { path: '/data/7/Created' })],
    evidence: [evidence({ action: 'list' })],
  });
  for (const status of ['warn', 'waived'] as const)
    expect(rootsOf([shapeOf('list', undefined, { status }), follower])).toEqual([]);
});

test('whatever a verdict holds, each row follows from one at most, and no root follows', () => {
  const some = fc.record({
    action: fc.constantFrom('*', 'add', 'list'),
    topic: fc.constantFrom('shape' as const, 'paging' as const),
    status: fc.constantFrom<RequirementVerdict['status'][]>('pass', 'fail', 'warn', 'waived', 'skip', 'error'),
    reason: fc.constantFrom(
      misshapen('add'),
      misshapen('list'),
      'add was not served: HTTP 500',
      'needs add, which was refused',
      'gone',
    ),
    path: fc.constantFrom(undefined, '', '/data', '/data/0/ID'),
    seen: fc.constantFrom('add', 'list'),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), (rows) => {
      const all = rows.map(({ path, seen, reason, ...members }, index) =>
        row(`OZ-X-${index}`, {
          ...members,
          reason,
          findings: [finding(reason, { path })],
          evidence: [evidence({ action: seen })],
        }),
      );
      const roots = rootsOf(all);
      const followers = roots.flatMap((root) => root.followers);
      expect(new Set(followers).size).toBe(followers.length);
      for (const { id } of roots) expect(followers).not.toContain(id);
      for (const id of [...followers, ...roots.map((root) => root.id)])
        expect(all.find((one) => one.id === id)?.status).not.toBe('pass');
    }),
  );
});
