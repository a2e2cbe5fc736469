import { relationCodes } from '../../apis/relation/actions.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-STRANGER-1-SHOULD', async ({ group, outsider, expect }) => {
  const [{ channelUuid }, third] = [await group(), await outsider()];
  const exchange = await third.probe('getannouncement', { channelUuid });
  expect(exchange).toBeRefusedWith([relationCodes.notMember], 'Get Announcement by who never was a member');
});
