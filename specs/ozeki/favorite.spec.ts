import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/suite.js';

const checks = flagChecks('favorite');

requirement('OZ-FLAG-1-FAVORITE', checks.answerShows);
requirement('OZ-FLAG-2-FAVORITE', checks.listShows);
requirement('OZ-FLAG-3-FAVORITE', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-FAVORITE', checks.nothingElseChanges);
requirement('OZ-FLAG-5-FAVORITE', checks.twiceIsOnce);
