import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const unmute = flagChecks('unmute');

together(() => {
  requirement('OZ-FLAG-1-UNMUTE', unmute.answerShows);
  requirement('OZ-FLAG-2-UNMUTE', unmute.listShows);
  requirement('OZ-FLAG-5-UNMUTE', unmute.twiceIsOnce);
});
requirement('OZ-FLAG-3-UNMUTE', unmute.othersKeepTheirs);
requirement('OZ-FLAG-4-UNMUTE', unmute.nothingElseChanges);
requirement('OZ-FLAG-6-UNMUTE', unmute.undoRestores);
