import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-ADMIN-1', ({ eachWay, expect }) =>
  eachWay(async (admin, other) => {
    const group = await admin.creates([other]);
    expect(await admin.isAdminOf(group)).toHave({ data: true }, 'true for the admin');
    expect(await other.isAdminOf(group)).toHave({ data: false }, 'false for a member');
  }),
);
