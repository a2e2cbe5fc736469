import { relationCodes } from '../../apis/relation/actions.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-USER-1', ({ eachWay, expect }) =>
  eachWay(async (user, other) => {
    expect(await user.infoOfUser()).toHave({ relationId: user.relationId }, 'that of the caller');
    const named = await user.infoOfUser(other);
    expect(named).toHave({ relationId: other.relationId }, 'that of the user named');
    const own = await other.infoOfUser();
    expect(named).toBeAs(own, 'what others see of a user is not what that user sees');
  }),
);

requirement('RG-USER-2', async ({ member, expect }) => {
  for (const address of ['zzzzz-zzzzz-zzzzz-zzzzz-cai', '0x0123456789abcdef0123456789abcdef01234567'])
    expect(await member.probe('userinfo', { address })).toBeRefusedWith(
      [relationCodes.unknownUser],
      'User Info of an unknown address',
    );
});
