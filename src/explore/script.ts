/** A find as a shell script that sends its calls again. */
import type { Exchange } from '../exchange/index.js';
import { type Redactor, scriptOf as scriptOfCalls } from '../secrets/index.js';
import type { Find } from './find.js';
import type { Made } from './player.js';
import { isTogether, linesOf, told } from './story.js';

/** The script of a find, for a POSIX shell with curl and jq. */
export function scriptOf({ story }: Find, redactor: Redactor): string {
  const lines = linesOf(story, redactor);
  const calls = told(story)
    .map((made, i) => ({ made, words: lines[i] ?? '' }))
    .filter((one): one is { made: Made & { exchange: Exchange }; words: string } => one.made.exchange !== undefined);
  const { requirement, message, expected, found } = story.sighting.miss;
  const said = redactor.finding({ message, expected, found });
  return scriptOfCalls(
    calls.map(({ made, words }, i) => {
      const before = calls[i - 1]?.made;
      return {
        exchange: made.exchange,
        words,
        isTogether: before !== undefined && isTogether(story, before, made),
      };
    }),
    { ...said, title: `${requirement}: ${said.message}` },
    redactor,
    { mark: story.mark },
  );
}
