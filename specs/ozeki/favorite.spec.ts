import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const favorite = flagChecks('favorite');

test(...requirement('OZ-FLAG-1-FAVORITE', favorite.answerShows));
test(...requirement('OZ-FLAG-2-FAVORITE', favorite.listShows));
test(...requirement('OZ-FLAG-3-FAVORITE', favorite.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-FAVORITE', favorite.nothingElseChanges));
test(...requirement('OZ-FLAG-5-FAVORITE', favorite.twiceIsOnce));
