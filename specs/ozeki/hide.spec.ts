import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const hide = flagChecks('hide');

together(() => {
  requirement('OZ-FLAG-1-HIDE', hide.answerShows);
  requirement('OZ-FLAG-2-HIDE', hide.listShows);
  requirement('OZ-FLAG-5-HIDE', hide.twiceIsOnce);
});
requirement('OZ-FLAG-3-HIDE', hide.othersKeepTheirs);
requirement('OZ-FLAG-4-HIDE', hide.nothingElseChanges);
