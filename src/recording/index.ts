/** Judges traffic that others sent: recordings (HAR, JSON Lines) and what passes through the proxy. */
export { decompress, MAX_BODY_BYTES, tooLong } from './body.js';
export { decidable } from './decidable.js';
export { outcomeOf, toExchange } from './exchange.js';
export { createPassiveJudge, type Miss, type PassiveJudge, type PassiveOptions } from './judge.js';
export {
  createPipeline,
  type Pipeline,
  type PipelineOptions,
  type Tally,
  type Traffic,
  type VerdictFacts,
} from './pipeline.js';
export { readRecording, type Source, sizeOf } from './read.js';
export { recognise } from './recognise.js';
export type { HeaderLines, Kept, Recorded, RecordedExchange, Unjudged } from './types.js';
