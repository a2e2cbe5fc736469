import { readAll, skipUnlessCounted } from '../../fixtures/relation/unread.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RE-READ-1', ({ channel, eachWay, twice, expect }) =>
  eachWay((reader, sender) =>
    twice(async () => {
      await reader.sees([await sender.send(channel), await sender.send(channel)]);
      const { read, ...all } = await readAll(reader);
      skipUnlessCounted(all, read.data === 1);
      expect(read).toHave({ data: 1 }, '1 though the other member has sent something');
      await reader.read(all.total);
    }),
  ),
);
