import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

const favorite = flagChecks('favorite');

requirement('OZ-FLAG-1-FAVORITE', favorite.answerShows);
requirement('OZ-FLAG-2-FAVORITE', favorite.listShows);
requirement('OZ-FLAG-3-FAVORITE', favorite.othersKeepTheirs);
requirement('OZ-FLAG-4-FAVORITE', favorite.nothingElseChanges);
requirement('OZ-FLAG-5-FAVORITE', favorite.twiceIsOnce);
