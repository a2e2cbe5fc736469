import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const favorite = flagChecks('favorite');

together(() => {
  requirement('OZ-FLAG-1-FAVORITE', favorite.answerShows);
  requirement('OZ-FLAG-2-FAVORITE', favorite.listShows);
  requirement('OZ-FLAG-5-FAVORITE', favorite.twiceIsOnce);
});
requirement('OZ-FLAG-3-FAVORITE', favorite.othersKeepTheirs);
requirement('OZ-FLAG-4-FAVORITE', favorite.nothingElseChanges);
