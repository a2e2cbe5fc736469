import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const unfavorite = flagChecks('unfavorite');

together(() => {
  requirement('OZ-FLAG-1-UNFAVORITE', unfavorite.answerShows);
  requirement('OZ-FLAG-2-UNFAVORITE', unfavorite.listShows);
  requirement('OZ-FLAG-5-UNFAVORITE', unfavorite.twiceIsOnce);
});
requirement('OZ-FLAG-3-UNFAVORITE', unfavorite.othersKeepTheirs);
requirement('OZ-FLAG-4-UNFAVORITE', unfavorite.nothingElseChanges);
requirement('OZ-FLAG-6-UNFAVORITE', unfavorite.undoRestores);
