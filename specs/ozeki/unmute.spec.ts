import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const unmute = flagChecks('unmute');

test(...requirement('OZ-FLAG-1-UNMUTE', unmute.answerShows));
test(...requirement('OZ-FLAG-2-UNMUTE', unmute.listShows));
test(...requirement('OZ-FLAG-3-UNMUTE', unmute.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-UNMUTE', unmute.nothingElseChanges));
test(...requirement('OZ-FLAG-5-UNMUTE', unmute.twiceIsOnce));
test(...requirement('OZ-FLAG-6-UNMUTE', unmute.undoRestores));
