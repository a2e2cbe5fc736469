import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const unhide = flagChecks('unhide');

test(...requirement('OZ-FLAG-1-UNHIDE', unhide.answerShows));
test(...requirement('OZ-FLAG-2-UNHIDE', unhide.listShows));
test(...requirement('OZ-FLAG-3-UNHIDE', unhide.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-UNHIDE', unhide.nothingElseChanges));
test(...requirement('OZ-FLAG-5-UNHIDE', unhide.twiceIsOnce));
test(...requirement('OZ-FLAG-6-UNHIDE', unhide.undoRestores));
