/** Judges traffic that others sent: recordings (HAR, JSON Lines) and what passes through the proxy. */
export {
  type Asked,
  idsOf,
  type Recognised,
  type RecordedApi,
  type RecordingRules,
  type SequenceOptions,
  type Sequences,
  type Uploads,
} from './api.js';
export { decompress, MAX_BODY_BYTES, tooLong } from './body.js';
export { headerOf, toExchange } from './exchange.js';
export type { Miss } from './findings.js';
export { createPassiveJudge, type PassiveJudge, type PassiveOptions } from './judge.js';
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
export { restRecording } from './rest.js';
export type { HeaderLines, Kept, Recorded, RecordedExchange, Unjudged } from './types.js';
