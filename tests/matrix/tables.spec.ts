import { flagActions } from '../../apis/ozeki/actions.js';
import { createStub } from '../../apis/stub.js';
import { parseJson } from '../../src/transport/index.js';
import { expect, test } from '../test.js';
import { notMet, outcomesOf, someChecks } from './checks.js';
import { behind } from './front.js';

test.describe.configure({ timeout: 300_000 });

interface Body {
  messages?: { ID: string }[];
  reports?: { ID: string }[];
  conversations?: { lastmessageid: string }[];
}

/** What a front does to an answer, told what was asked and by whom. */
type Alter = (action: string, user: string, asked: Record<string, unknown>, answer: Body) => void;

/** The stub with altered answers. */
function altered(alter: Alter) {
  return behind<Body>(createStub().fetch, ({ url, headers, body }, answer) => {
    const asked = parseJson(body);
    if (!('json' in asked)) return;
    const members = asked.json as Record<string, unknown>;
    const api = url.searchParams.get('api');
    const action = api === 'chatconversation' ? String(members.action) : `${api}`;
    alter(action, String(headers.get('ozeki-user')), members, answer);
  });
}

/** What a view loses: the newest message or report of a page, of a Download or of a List. */
const views: Record<string, (action: string, answer: Body) => void> = {
  Download: (action, { messages }) => action === 'download' && messages?.splice(1, 1),
  'Partial download': (action, { messages }) => action === 'downloadpartial' && messages?.splice(-1, 1),
  'the reports of Partial download': (action, { reports }) => action === 'downloadpartial' && reports?.splice(0),
  List: (action, { conversations = [] }) => {
    if (action === 'list') for (const each of conversations) each.lastmessageid = '';
  },
};

/** The checks that miss something on a server that alters its answers. */
async function outcomeOf(ids: RegExp, alter: Alter): Promise<string[]> {
  const outcomes = notMet(await outcomesOf('ozeki', altered(alter), await someChecks('ozeki', ids)));
  return outcomes.filter((outcome) => outcome.includes(' missed: '));
}

for (const [view, lose] of Object.entries(views)) {
  test(`each flag action that takes something from ${view} of the caller is found`, async () => {
    const found = flagActions.map(async (flag) => {
      const suffix = flag === 'setlistitembackgroundcolor' ? 'COLOR' : flag.toUpperCase();
      const struck = new Set<string>();
      const missed = await outcomeOf(new RegExp(`^OZ-FLAG-4-${suffix}$`), (action, user, _asked, answer) => {
        if (flagActions.some((name) => name === action)) struck[action === flag ? 'add' : 'delete'](user);
        else if (struck.has(user)) lose(action, answer);
      });
      return [flag, missed.length];
    });
    expect(await Promise.all(found)).toEqual(flagActions.map((flag) => [flag, 1]));
  });
}

interface Message {
  ID: string;
  Type: string;
  Created: string;
  ValidUntil: string;
  Data: string;
}

/** What a message is that a server may decide on, though it must not. */
const attributes: Record<string, (message: Message) => boolean> = {
  'is no longer valid': ({ Created, ValidUntil }) => Created === ValidUntil,
  'is of another Type': ({ Type }) => Type !== 'Message',
  'is of yesterday': ({ Created }) => Date.now() - Date.parse(`${Created.replace(' ', 'T')}Z`) > 3_600_000,
  'has much Data': ({ Data }) => Data.length > 20_000,
};

for (const view of ['download', 'downloadpartial']) {
  test(`a message that is missing from ${view} for what it is is found`, async () => {
    const found = Object.entries(attributes).map(async ([what, isMeant]) => {
      const meant = new Set<string>();
      const missed = await outcomeOf(/ADD-3/, (action, _user, { message }, answer) => {
        const added = action === 'add' ? (JSON.parse(String(message)) as Message) : undefined;
        if (added !== undefined && isMeant(added)) meant.add(added.ID);
        if (action === view) answer.messages = answer.messages?.filter(({ ID }) => !meant.has(ID));
      });
      return [what, missed.length];
    });
    expect(await Promise.all(found)).toEqual(Object.keys(attributes).map((what) => [what, 1]));
  });
}
