import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const hide = flagChecks('hide');

test(...requirement('OZ-FLAG-1-HIDE', hide.answerShows));
test(...requirement('OZ-FLAG-2-HIDE', hide.listShows));
test(...requirement('OZ-FLAG-3-HIDE', hide.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-HIDE', hide.nothingElseChanges));
test(...requirement('OZ-FLAG-5-HIDE', hide.twiceIsOnce));
