import { alteredAddressTokens, authWith, serves } from '../../fixtures/relation/auth.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-AUTH-1', async ({ authorised, expect }) => {
  const user = await authorised();
  const { token } = await authWith(user);
  const exchange = await user.probe('userinfo', { address: undefined }, { authorization: `Bearer ${token}` });
  expect(exchange).must.toBeServed('User Info with the token of Auth');
  expect(serves(exchange)).toBe(user.relationId, 'User Info with the token of Auth is another user');
});

requirement('RG-AUTH-2', async ({ authorised, expect }) => {
  const user = await authorised();
  for (const [what, , tamper] of alteredAddressTokens(user))
    expect(await user.probe('auth', {}, tamper)).toTellNothing(`Auth ${what}`);
});

// Its form and how long it is good is judged in passing.
requirement('RG-AUTH-3', async ({ authorised, expect }) => {
  const user = await authorised();
  const { claims } = await authWith(user);
  expect(claims).toHave({ sub: user.relationId }, 'the relationId of the user');
});
