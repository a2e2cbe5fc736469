import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/suite.js';

const checks = flagChecks('unfavorite');

requirement('OZ-FLAG-1-UNFAVORITE', checks.answerShows);
requirement('OZ-FLAG-2-UNFAVORITE', checks.listShows);
requirement('OZ-FLAG-3-UNFAVORITE', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-UNFAVORITE', checks.nothingElseChanges);
requirement('OZ-FLAG-5-UNFAVORITE', checks.twiceIsOnce);
requirement('OZ-FLAG-6-UNFAVORITE', checks.undoRestores);
