/** Judges traffic that others sent: recordings (HAR, JSON Lines) and what passes through the proxy. */
export {
  type Access,
  type AccessRule,
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
export { type Examined, examine } from './exchange.js';
export type { Miss } from './findings.js';
export { createPassiveJudge, type PassiveJudge, type PassiveOptions } from './judge.js';
export { headerOf } from './message.js';
export {
  createPipeline,
  type Pipeline,
  type PipelineOptions,
  type Tally,
  type Traffic,
  type VerdictFacts,
} from './pipeline.js';
export { readRecording, sizeOf } from './read.js';
export { recognise } from './recognise.js';
export { restRecording } from './rest.js';
export type { Source } from './source.js';
export type { HeaderLines, Kept, Recorded, RecordedExchange } from './types.js';
