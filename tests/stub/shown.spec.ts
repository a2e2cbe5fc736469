import { expect, test } from '@playwright/test';
import { faults as ofGenesys } from '../../apis/genesys/stub/faults/index.js';
import { faults as ofGms } from '../../apis/gms/stub/faults/index.js';
import { faults as ofOzeki } from '../../apis/ozeki/stub/faults/index.js';
import { faults as ofRelation } from '../../apis/relation/stub/faults/index.js';
import type { StubOptions } from '../../src/stub/index.js';
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

// A mutation whose site is not there changes nothing: this shows that each has one. The matrix shows the others.
const isMutation = ({ mutation }: { mutation?: unknown }) => mutation !== undefined;
eachShows('ozeki', ozekiConversation, ofOzeki.filter(isMutation));
eachShows('genesys', genesysConversation, ofGenesys.filter(isMutation));
eachShows('gms', gmsConversation, ofGms.filter(isMutation));
eachShows('relation', relationConversation, ofRelation.filter(isMutation));
