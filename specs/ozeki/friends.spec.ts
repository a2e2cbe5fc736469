import { requirement } from '../../fixtures/ozeki/vocabulary.js';

for (const id of ['OZ-FRIEND-1', 'OZ-FRIEND-2', 'OZ-FRIEND-2-SHOULD', 'OZ-FRIEND-3'])
  requirement(id, ({ eachWay }) => eachWay((user) => user.friends()));
