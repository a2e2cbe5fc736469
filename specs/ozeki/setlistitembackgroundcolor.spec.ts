import { colours, flagChecks } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

const colour = flagChecks('setlistitembackgroundcolor');

test(...requirement('OZ-FLAG-1-COLOR', colour.answerShows));
test(...requirement('OZ-FLAG-2-COLOR', colour.listShows));
test(...requirement('OZ-FLAG-3-COLOR', colour.othersKeepTheirs));
test(...requirement('OZ-FLAG-4-COLOR', colour.nothingElseChanges));
test(...requirement('OZ-FLAG-5-COLOR', colour.twiceIsOnce));

test(
  ...requirement('OZ-FLAG-7-COLOR', async ({ alice, chat, step, expect }) => {
    await alice.setlistitembackgroundcolor(chat, colours.set);
    const before = await chat.peekAt(alice);
    for (const color of ['red', '#12', '#gggggg', '']) {
      const words = `the colour ${JSON.stringify(color)}`;
      step(`alice asks for ${words}`);
      expect(await alice.probe('setlistitembackgroundcolor', { color })).toBeRefused(words);
      expect(await chat.peekAt(alice)).toBeAs(before, `${words} changed what List shows`);
      await alice.setlistitembackgroundcolor(chat, colours.set);
    }
  }),
);
