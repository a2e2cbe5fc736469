import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.js';
import type { GenesysBodies } from '../../types/genesys.js';
import type { OzekiBodies, OzekiConversation } from '../../types/ozeki.js';
import type { RelationBodies, RelationMessageInfo } from '../../types/relation.js';
import { expect, test } from '../test.js';

test('the generated types are those of the schemas', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(packageRoot, 'scripts/generate-types.js'), '--check'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('the types name what each action takes and gives', () => {
  // The compiler checks these lines; at run time they only have to be there.
  const conversation = (body: OzekiBodies['mute']['response']): OzekiConversation => body.conversation;
  const nick = (body: OzekiBodies['login']['response']): string => body.nick;
  const ended = (body: GenesysBodies['getmessages']['response']): boolean => body.chatEnded;
  const quote = (body: RelationBodies['list']['response']): RelationMessageInfo | null | undefined =>
    body.data[0]?.quote;
  // @ts-expect-error no page documents such a member
  const unknown = (body: OzekiBodies['login']['response']): unknown => body.nickname;
  expect([conversation, nick, ended, quote, unknown]).toHaveLength(5);
});
