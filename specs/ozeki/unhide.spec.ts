import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/suite.js';

const checks = flagChecks('unhide');

requirement('OZ-FLAG-1-UNHIDE', checks.answerShows);
requirement('OZ-FLAG-2-UNHIDE', checks.listShows);
requirement('OZ-FLAG-3-UNHIDE', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-UNHIDE', checks.nothingElseChanges);
requirement('OZ-FLAG-5-UNHIDE', checks.twiceIsOnce);
requirement('OZ-FLAG-6-UNHIDE', checks.undoRestores);
