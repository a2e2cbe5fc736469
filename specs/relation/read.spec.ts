import { everyRound, skipUnlessCounted } from '../../fixtures/relation/unread.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RE-READ-1', async (words) => {
  for (const { reads } of await everyRound(words))
    for (const read of reads) {
      skipUnlessCounted(read, read.answer.data === 1);
      words.expect(read.answer).toHave({ data: 1 }, '1 though the other member has sent something');
    }
});
