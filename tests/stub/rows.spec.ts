import { type Answer, httpStatus, jsonAnswer, written } from '../../src/stub/answer.js';
import {
  type AnyCall,
  departed,
  everyNth,
  everywhere,
  type FaultOf,
  inAnswersOf,
  onAnswer,
  onRefusal,
  onSuccess,
  touched,
} from '../../src/stub/mutation.js';
import { change, drop, set } from '../../src/stub/operators.js';
import { rowsOf } from '../../src/stub/rows.js';
import { expect, test } from '../test.js';

/** A small server: it keeps numbers. */
interface Behaviour {
  check(call: AnyCall, number: number): void;
  double(call: AnyCall, number: number): number;
  show(call: AnyCall, number: number): string;
}

const conforming: Behaviour = {
  check(_call, number) {
    if (number < 0) throw new Error('refused');
  },
  double: (_call, number) => 2 * number,
  show: (_call, number) => String(number),
};

const requirements = [
  { id: 'OZ-ADD-1', api: 'ozeki', action: 'add' },
  { id: 'OZ-ALL-1', api: 'ozeki', action: '*' },
] as const;
const kit = rowsOf<Behaviour, AnyCall, 'add' | 'list'>(requirements, ['add', 'list']);
const { row, on, onAll, onEach, warns, faultsOf, variantsOf, instead, skip, together, refused } = kit;

const callOf = (changes: Partial<AnyCall> = {}): AnyCall => ({ action: 'add', total: 1, ...changes });

/** The server with one fault: what it decides, and what becomes of its answers. */
function faulty(fault: FaultOf<Behaviour, AnyCall>) {
  const options = { seed: 1, now: () => 0, faults: [fault.id], variants: [] };
  const { behaviour, answerHooks } = departed(conforming, { faults: [fault], variants: [] }, options);
  const sent = (call: AnyCall, answer: Answer = jsonAnswer(200, { id: 'a' })) =>
    answerHooks.reduce((given, hook) => hook(given, call), answer);
  return { behaviour, sent };
}

function only(change: Parameters<ReturnType<typeof row>['by']>[0], action?: 'list' | '*') {
  const start = action === undefined ? row('It does.') : action === '*' ? onAll('It does.') : on[action]('It does.');
  const [fault] = faultsOf({ 'OZ-ADD-1': { 'does-it': start.by(change) } });
  if (fault === undefined) throw new Error('the table is empty');
  return fault;
}

test('what a row does not say comes from its requirement', () => {
  const faults = faultsOf({
    'OZ-ADD-1': {
      one: row('One.').by(drop('/id')),
      two: on.list('Two.').by(drop('/id')),
      three: onAll('Three.').by(drop('/id')),
      ...onEach(
        ['add', 'list'],
        'breaks',
        (action) => `${action} breaks.`,
        () => drop('/id'),
      ),
    },
    'OZ-ALL-1': { four: row('Four.').by(drop('/id')) },
  });
  expect(faults.map(({ id, api, action, requirement, sentence }) => [id, api, action, requirement, sentence])).toEqual([
    ['ozeki-one', 'ozeki', 'add', 'OZ-ADD-1', 'One.'],
    ['ozeki-two', 'ozeki', 'list', 'OZ-ADD-1', 'Two.'],
    ['ozeki-three', 'ozeki', '*', 'OZ-ADD-1', 'Three.'],
    ['ozeki-add-breaks', 'ozeki', 'add', 'OZ-ADD-1', 'add breaks.'],
    ['ozeki-list-breaks', 'ozeki', 'list', 'OZ-ADD-1', 'list breaks.'],
    ['ozeki-four', 'ozeki', '*', 'OZ-ALL-1', 'Four.'],
  ]);
});

test('a variant names what it misses all the same', () => {
  const table = { 'OZ-ADD-1': { one: warns(['OZ-ALL-1'], row('One.').by(drop('/id'))) } };
  expect(variantsOf(table)[0]).toMatchObject({ id: 'ozeki-one', warns: ['OZ-ALL-1'] });
});

test('a requirement that no catalogue holds is an error that names it', () => {
  expect(() => faultsOf({ 'OZ-AD-1': { one: row('One.').by(drop('/id')) } })).toThrow(
    'Rows of the stub name the requirement OZ-AD-1, which is in no catalogue.',
  );
});

test('an operator acts on the successes of its action', () => {
  const { sent } = faulty(only(set('/id', 'b')));
  expect(sent(callOf()).body).toEqual({ id: 'b' });
  expect(sent(callOf({ action: 'list' })).body).toEqual({ id: 'a' });
  expect(sent(callOf({ refusal: {} })).body).toEqual({ id: 'a' });
});

test('a mutation may act on refusals, on all answers, and on those of other actions', () => {
  const bodies = (fault: FaultOf<Behaviour, AnyCall>) =>
    [callOf(), callOf({ refusal: {} }), callOf({ action: 'list' })].map((call) => faulty(fault).sent(call).body);
  const [changed, left] = [{ id: 'b' }, { id: 'a' }];
  const operator = set('/id', 'b');
  expect(bodies(only(onAnswer(operator)))).toEqual([changed, changed, left]);
  expect(bodies(only(onSuccess(operator)))).toEqual([changed, left, left]);
  expect(bodies(only(onRefusal(operator)))).toEqual([left, changed, left]);
  expect(bodies(only(everywhere(operator)))).toEqual([changed, left, changed]);
  expect(bodies(only(inAnswersOf('list', operator)))).toEqual([left, left, changed]);
  expect(bodies(only(everywhere(onRefusal(operator))))).toEqual([left, changed, left]);
  expect(bodies(only(operator, 'list'))).toEqual([left, left, changed]);
  expect(bodies(only(operator, '*'))).toEqual([changed, left, changed]);
});

test('a mutation may change status and text, in each nth answer', () => {
  expect(faulty(only(onSuccess(httpStatus(201)))).sent(callOf()).status).toBe(201);
  const { sent } = faulty(
    only(
      everyNth(
        3,
        written((json) => json.slice(0, -1)),
      ),
    ),
  );
  const textOf = ({ write, body }: Answer) => write(body);
  const texts = [1, 2, 3, 4, 5, 6].map((total) => textOf(sent(callOf({ total }))));
  expect(texts.map((text) => text === '{"id":"a"')).toEqual([false, false, true, false, false, true]);
});

test('an operator cannot leave the whole answer out', () => {
  expect(faulty(only(drop(''))).sent(callOf()).body).toEqual({ id: 'a' });
});

test('an operator is told of the call', () => {
  expect(faulty(only(change('/id', (_id, call: AnyCall) => call.total))).sent(callOf({ total: 7 })).body).toEqual({
    id: 7,
  });
});

test('a change of refusals is told why a call was refused', () => {
  const { sent } = faulty(only(refused((refusal) => refusal === 'why', httpStatus(500))));
  expect([undefined, 'why', 'other'].map((refusal) => sent(callOf({ refusal })).status)).toEqual([200, 500, 200]);
});

test('a decision is taken otherwise, on what was asked or on something else', () => {
  const asUsual = faulty(only(instead('double', (usual) => usual() + 1))).behaviour;
  const onOther = faulty(only(instead('double', (usual, call, number) => usual(call, number + 1)))).behaviour;
  expect([asUsual.double(callOf(), 5), onOther.double(callOf(), 5)]).toEqual([11, 12]);
  expect(asUsual.show(callOf(), 5)).toBe('5');
});

test('a check is left out where a condition holds', () => {
  const { behaviour } = faulty(only(skip('check', (_call, number) => number === -1)));
  behaviour.check(callOf(), -1);
  expect(() => behaviour.check(callOf(), -2)).toThrow('refused');
});

test('decisions go together, and with a mutation', () => {
  const behave = together(
    instead('double', () => 0),
    instead('show', () => 'none'),
  );
  const fault = only({ behave, mutation: onSuccess(set('/id', 'b')) });
  const { behaviour, sent } = faulty(fault);
  expect([behaviour.double(callOf(), 5), behaviour.show(callOf(), 5), sent(callOf()).body]).toEqual([
    0,
    'none',
    { id: 'b' },
  ]);
  expect(touched(conforming, fault)).toEqual(['double', 'show', 'answer of add']);
});

test('each server has what its faults remember to itself', () => {
  const fault = only((base) => {
    let asked = 0;
    return instead('double', () => ++asked)(base);
  });
  const [one, other] = [faulty(fault).behaviour, faulty(fault).behaviour];
  expect([one.double(callOf(), 1), one.double(callOf(), 1), other.double(callOf(), 1)]).toEqual([1, 2, 1]);
});

test('a fault spoils the server that a variant describes', () => {
  const [variant] = variantsOf({ 'OZ-ADD-1': { shown: row('Shown.').by(instead('show', (usual) => `<${usual()}>`)) } });
  const [fault] = faultsOf({ 'OZ-ADD-1': { cut: row('Cut.').by(instead('show', (usual) => usual().slice(1))) } });
  const all = { variants: variant ? [variant] : [], faults: fault ? [fault] : [] };
  const options = { seed: 1, now: () => 0, faults: ['ozeki-cut'], variants: ['ozeki-shown'] };
  expect(departed(conforming, all, options).behaviour.show(callOf(), 5)).toBe('5>');
});
