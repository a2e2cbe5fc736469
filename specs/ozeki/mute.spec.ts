import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const mute = flagChecks('mute');

together(() => {
  requirement('OZ-FLAG-1-MUTE', mute.answerShows);
  requirement('OZ-FLAG-2-MUTE', mute.listShows);
  requirement('OZ-FLAG-5-MUTE', mute.twiceIsOnce);
});
requirement('OZ-FLAG-3-MUTE', mute.othersKeepTheirs);
requirement('OZ-FLAG-4-MUTE', mute.nothingElseChanges);
