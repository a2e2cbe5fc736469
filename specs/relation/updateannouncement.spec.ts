import { relationCodes, relationOutcome } from '../../apis/relation/actions.js';
import { announcements, refusableAnnouncements } from '../../fixtures/relation/news.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-NEWS-1', async ({ member, peer, group, thirds, expect }) => {
  const shared = await group();
  const isTold = async (announcement: string, pinAnnouncement: boolean) => {
    for (const user of [member, peer]) {
      const news = { announcement, pinAnnouncement };
      expect(await user.newsOf(shared)).toHave(news, 'that of the admin');
      expect(await user.infoOf(shared)).toHave(news, 'that of the admin');
    }
  };
  for (const [announcement, pinAnnouncement] of announcements()) {
    await member.announces(shared, announcement, pinAnnouncement);
    for (const user of [peer, ...(await thirds())]) {
      const update = { channelUuid: shared.channelUuid, announcement: 'of somebody else', pinAnnouncement: true };
      expect(await user.probe('updateannouncement', update)).toTellNothing('Update Announcement by no admin');
    }
    await isTold(announcement, pinAnnouncement);
  }
  for (const [announcement, pinAnnouncement] of refusableAnnouncements()) {
    const update = { channelUuid: shared.channelUuid, announcement, pinAnnouncement };
    const exchange = await member.probe('updateannouncement', update);
    if (relationOutcome(exchange) === 'served') await isTold(announcement, pinAnnouncement);
  }
});

requirement('RG-NEWS-1-SHOULD', async ({ peer, group, expect }) => {
  const { channelUuid } = await group();
  const exchange = await peer.probe('updateannouncement', { channelUuid, announcement: 'of a member' });
  expect(exchange).toBeRefusedWith([relationCodes.notAdmin], 'Update Announcement by a member');
});
