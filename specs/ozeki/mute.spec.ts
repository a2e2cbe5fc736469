import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const mute = flagChecks('mute');

test(...requirement('OZ-FLAG-1-MUTE', mute.answerShows));
test(...requirement('OZ-FLAG-2-MUTE', mute.listShows));
test(...requirement('OZ-FLAG-3-MUTE', mute.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-MUTE', mute.nothingElseChanges));
test(...requirement('OZ-FLAG-5-MUTE', mute.twiceIsOnce));
