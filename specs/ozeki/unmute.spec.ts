import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/suite.js';

const checks = flagChecks('unmute');

requirement('OZ-FLAG-1-UNMUTE', checks.answerShows);
requirement('OZ-FLAG-2-UNMUTE', checks.listShows);
requirement('OZ-FLAG-3-UNMUTE', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-UNMUTE', checks.nothingElseChanges);
requirement('OZ-FLAG-5-UNMUTE', checks.twiceIsOnce);
requirement('OZ-FLAG-6-UNMUTE', checks.undoRestores);
