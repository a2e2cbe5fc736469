import { refused, spoilt } from '../../fixtures/bad-input.js';
import { colours, flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, together } from '../../fixtures/ozeki/vocabulary.js';

const colour = flagChecks('setlistitembackgroundcolor');

together(() => {
  requirement('OZ-FLAG-1-COLOR', colour.answerShows);
  requirement('OZ-FLAG-2-COLOR', colour.listShows);
  requirement('OZ-FLAG-5-COLOR', colour.twiceIsOnce);
});
requirement('OZ-FLAG-3-COLOR', colour.othersKeepTheirs);
requirement('OZ-FLAG-4-COLOR', colour.nothingElseChanges);

requirement('OZ-FLAG-7-COLOR', async (words) => {
  const { alice, chat, expect } = words;
  await alice.setlistitembackgroundcolor(chat, colours.set);
  const before = await chat.peekAt(alice);
  for (const bad of spoilt('color', ['red', '#12', '#gggggg', ''])) {
    await refused(words, alice, 'setlistitembackgroundcolor', bad);
    expect(await chat.peekAt(alice)).toBeAs(before, `a colour that was refused changed what List shows, ${bad[0]}`);
    await alice.setlistitembackgroundcolor(chat, colours.set);
  }
});
