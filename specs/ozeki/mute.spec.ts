import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement } from '../../fixtures/ozeki/suite.js';

const checks = flagChecks('mute');

requirement('OZ-FLAG-1-MUTE', checks.answerShows);
requirement('OZ-FLAG-2-MUTE', checks.listShows);
requirement('OZ-FLAG-3-MUTE', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-MUTE', checks.nothingElseChanges);
requirement('OZ-FLAG-5-MUTE', checks.twiceIsOnce);
