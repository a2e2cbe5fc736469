/** Sequences that were played on a healthy stub, to be judged with one answer changed. */
import { apiNamed } from '../../apis/index.js';
import { stubEnvironment } from '../../matrix/explore.js';
import type { Exchange } from '../../src/exchange/index.js';
import { createPatience, type Made, type Miss, type Model, play, type Step } from '../../src/explore/index.js';
import { memoryJournal } from '../../src/journal/journal.js';

type Json = Record<string, unknown>;

/** What a healthy server answered to a sequence and to every view behind it. */
export interface Transcript {
  /** The state before the first call. */
  begun: unknown;
  made: readonly (Made & { exchange: Exchange })[];
}

/** What is changed: the last answer to `actor action`, or all of them, or what else a number from the end picks. */
export interface Change {
  /** Such as `bob list`, or `alice second notification`. */
  of: string;
  /** From the end, 0 the last; all where left out and `all` is set. */
  back?: number;
  all?: true;
  /** Changes the body in place, or gives another. */
  to?: (body: Json, made: Transcript['made']) => Json | undefined;
  /** A success with this in place of the body, which is no JSON. */
  text?: string;
  /** What else is changed with it. */
  beside?: Change;
}

/** Plays a sequence and every view of every user on the healthy stub. */
export async function transcriptOf(name: string, steps: readonly Step[]): Promise<Transcript> {
  const api = apiNamed(name);
  const model = (await api.model?.()) as Model<unknown, unknown>;
  const environment = await stubEnvironment(api);
  const ground = await model.ground(environment, 0, memoryJournal);
  let begun: unknown;
  const begin = async () => {
    begun = await ground.begin();
    return begun;
  };
  const made: Made[] = [];
  const lane = {
    api,
    model,
    ground: { ...ground, begin },
    patience: createPatience(),
    has: () => true,
    count: () => {},
    tally: new Map<string, number>(),
    last: [],
  };
  const accused: string[] = [];
  const player = await play(lane, made, {
    isSought: () => false,
    onSighting: ({ miss }) => accused.push(`${miss.requirement}: ${miss.message}`),
  });
  for (const step of steps) await player.step(step);
  await player.look();
  await ground.end();
  if (accused.length > 0) throw new Error(`the healthy stub is accused: ${accused.join('; ')}`);
  return { begun, made: made.filter((one): one is Made & { exchange: Exchange } => one.exchange !== undefined) };
}

/** What a model holds against the answers of a transcript with a change. */
export function missesOf(
  judge: Model<unknown, unknown>['judge'],
  { begun, made }: Transcript,
  change?: Change,
): readonly Miss[] {
  const changed = change === undefined ? made : withChange(made, change);
  let state = begun;
  return changed.flatMap(({ exchange }) => {
    const judged = judge(state, exchange);
    state = judged.state;
    return judged.misses;
  });
}

function withChange(whole: Transcript['made'], { of, back = 0, all, to, text, beside }: Change): Transcript['made'] {
  const made = beside === undefined ? whole : withChange(whole, beside);
  const isTriedLast = ({ step, call }: Made) => step === 'view' && call.as !== undefined;
  const meant = made.filter(
    (one) =>
      !isTriedLast(one) && `${one.call.at?.includes(' ') ? one.call.at : one.call.actor} ${one.call.action}` === of,
  );
  const chosen = all ? meant : [meant.at(-1 - back)];
  if (chosen[0] === undefined) throw new Error(`there is no answer to ${of}`);
  return made.map((one) => {
    if (!chosen.includes(one)) return one;
    const { response } = one.exchange;
    const body = structuredClone(response.json) as Json;
    const other = text === undefined ? { json: to?.(body, made) ?? body } : { status: 200, text, json: undefined };
    return { ...one, exchange: { ...one.exchange, response: { ...response, ...other } } };
  });
}

/** The items of a list in a body. */
export function itemsIn(body: Json, member: string): Json[] {
  return body[member] as Json[];
}

/** The body of the first answer to an action. */
export function answerTo(made: Transcript['made'], action: string): Json {
  const answer = made.find(({ call }) => call.action === action);
  if (answer === undefined) throw new Error(`there is no answer to ${action}`);
  return answer.exchange.response.json as Json;
}
