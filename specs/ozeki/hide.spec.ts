import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/suite.js';

const checks = flagChecks('hide');

requirement('OZ-FLAG-1-HIDE', checks.answerShows);
requirement('OZ-FLAG-2-HIDE', checks.listShows);
requirement('OZ-FLAG-3-HIDE', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-HIDE', checks.nothingElseChanges);
requirement('OZ-FLAG-5-HIDE', checks.twiceIsOnce);
