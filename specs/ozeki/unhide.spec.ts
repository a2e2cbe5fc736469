import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const unhide = flagChecks('unhide');

together(() => {
  requirement('OZ-FLAG-1-UNHIDE', unhide.answerShows);
  requirement('OZ-FLAG-2-UNHIDE', unhide.listShows);
  requirement('OZ-FLAG-5-UNHIDE', unhide.twiceIsOnce);
});
requirement('OZ-FLAG-3-UNHIDE', unhide.othersKeepTheirs);
requirement('OZ-FLAG-4-UNHIDE', unhide.nothingElseChanges);
requirement('OZ-FLAG-6-UNHIDE', unhide.undoRestores);
