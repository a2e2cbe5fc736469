import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const unfavorite = flagChecks('unfavorite');

test(...requirement('OZ-FLAG-1-UNFAVORITE', unfavorite.answerShows));
test(...requirement('OZ-FLAG-2-UNFAVORITE', unfavorite.listShows));
test(...requirement('OZ-FLAG-3-UNFAVORITE', unfavorite.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-UNFAVORITE', unfavorite.nothingElseChanges));
test(...requirement('OZ-FLAG-5-UNFAVORITE', unfavorite.twiceIsOnce));
test(...requirement('OZ-FLAG-6-UNFAVORITE', unfavorite.undoRestores));
