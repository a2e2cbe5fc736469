import { idsOf, type RecordingRules } from '../../src/recording/index.js';
import { recogniseGenesys } from './recognise.js';
import { genesysSequences } from './sequences/index.js';

/** How traffic of Genesys clients is judged. */
export const genesysRecording: RecordingRules = {
  recognise: recogniseGenesys,
  sequences: genesysSequences,
  decidable: [
    ...idsOf('GE-COM', '1 1-SHOULD 1-FROM-SHOULD 2 3 4 7'),
    ...idsOf('GE-REQ', '1 2 3 3-SHOULD'),
    ...idsOf('GE-MSG', '1 2 3 4 5 7 7-SHOULD 8'),
    ...idsOf('GE', 'DATA-1 DONE-1 DONE-1-SHOULD'),
  ],
  undecidable: { withoutCredentials: ['GE-COM-4', 'GE-REQ-3-SHOULD'] },
};
