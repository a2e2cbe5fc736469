import { faults as ofGenesys } from '../../apis/genesys/stub/faults/index.js';
import { faults as ofGms } from '../../apis/gms/stub/faults/index.js';
import { faults as ofOzeki } from '../../apis/ozeki/stub/faults/index.js';
import { faults as ofRelation } from '../../apis/relation/stub/faults/index.js';
import type { StubOptions } from '../../src/stub/index.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { genesysConversation } from './genesys-conversation.js';
import { gmsConversation } from './gms-conversation.js';
import { ozekiConversation } from './ozeki-conversation.js';
import { relationConversation } from './relation-conversation.js';
import { type Said, showing } from './shown.js';

function eachShows(
  api: string,
  conversation: (options: StubOptions) => AsyncGenerator<readonly Said[]>,
  faults: readonly { id: string }[],
): void {
  const shows = showing(conversation);

  test(`the ordinary server of ${api} says the same each time`, async () => {
    expect(await shows({})).toBe(false);
  });

  for (const { id } of faults) {
    test(`the fault ${id} shows`, async () => {
      expect(await shows({ faults: [id] })).toBe(true);
    });
  }
}

/**
 * A mutation whose site is not there changes nothing: this shows that each has one. What a check finds shows in the matrix too, so some
 * of those stand for all but in the thorough tests; what is left to exploring shows here alone.
 */
function some(faults: readonly { id: string; found?: 'explore'; mutation?: unknown }[]) {
  return faults
    .filter(({ mutation }) => mutation !== undefined)
    .filter(({ found }, index) => thorough || found === 'explore' || index % 16 === 0);
}

eachShows('ozeki', ozekiConversation, some(ofOzeki));
eachShows('genesys', genesysConversation, some(ofGenesys));
eachShows('gms', gmsConversation, some(ofGms));
eachShows('relation', relationConversation, some(ofRelation));
