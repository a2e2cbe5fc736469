import { genesysActionNames, genesysActions, genesysPath } from '../../apis/genesys/actions.js';
import { chatIdOf } from '../../apis/genesys/recognise.js';
import { gmsActionNames, gmsPath } from '../../apis/gms/actions.js';
import { gmsChatIdOf, gmsFileIdOf } from '../../apis/gms/recognise.js';
import { apis } from '../../apis/index.js';
import { ozekiActionNames, ozekiActions } from '../../apis/ozeki/actions.js';
import { relationActionNames, relationActions } from '../../apis/relation/actions.js';
import { recognise, restRecording } from '../../src/recording/index.js';
import { expect, test } from '../test.js';

/** What of an address is told: the name of the API, the server, the action; nothing where it is of none. */
function of(url: string, method = 'POST', json?: unknown, headers: readonly (readonly [string, string])[] = []) {
  const found = recognise(apis, { method, url, headers, json });
  return found && { ...found, api: found.api.name };
}

test('every Ozeki action is recognised by its query and the action of its body', () => {
  for (const name of ozekiActionNames) {
    const { srv, api, action } = ozekiActions[name];
    const url = `https://chat.test/ozeki/index.php?api=${api}&lang=en&srv=${srv}`;
    const found = { api: 'ozeki', action: name, server: 'https://chat.test/ozeki/index.php' };
    expect(of(url, 'POST', { action })).toEqual(found);
  }
});

test('every Genesys action is recognised by its path and operation, under a prefix too', () => {
  for (const name of genesysActionNames) {
    const action = genesysActions[name];
    const url = `https://chat.test/gate${genesysPath(name, 'a b')}`;
    const json = 'operationName' in action ? { operationName: action.operationName } : {};
    expect(of(url, 'POST', json)).toEqual({ api: 'genesys', action: name, server: 'https://chat.test/gate' });
    expect(chatIdOf(url)).toBe(name === 'requestchat' ? undefined : 'a b');
  }
});

test('every GMS action is recognised by its path, under whatever prefix', () => {
  for (const name of gmsActionNames) {
    const path = gmsPath(name, { serviceName: 'customer support', chatId: 'a b', fileId: 'c/d' });
    for (const prefix of ['/genesys/2/chat', '/gate/gms-chat/2/chat']) {
      const found = { api: 'gms', action: name, server: `https://chat.test${prefix}` };
      const url = `https://chat.test${prefix}${path}`;
      expect(of(url, 'POST', undefined)).toEqual(found);
      expect(gmsChatIdOf(url)).toBe(name === 'requestchat' ? undefined : 'a b');
      expect(gmsFileIdOf(url)).toBe(path.includes('c%2Fd') ? 'c/d' : undefined);
    }
  }
});

test('every Relation action is recognised by its path and method', () => {
  for (const name of relationActionNames) {
    const { method, path } = relationActions[name];
    const found = { api: 'relation', action: name, server: 'https://api.test' };
    expect(of(`https://api.test${path}?limit=1`, method, undefined)).toEqual(found);
  }
});

test('what is of no API is foreign, and what is of no action has none', () => {
  expect(of('https://chat.test/style.css', 'GET')).toBeUndefined();
  expect(of('data:text/plain,hello', 'GET')).toBeUndefined();
  expect(of('')).toBeUndefined();
  expect(of('https://chat.test/genesys/2/chat')).toBeUndefined();
  const gms = { api: 'gms', server: 'https://chat.test/genesys/2/chat' };
  expect(of('https://chat.test/genesys/2/chat/abc/def/dance', 'POST')).toEqual(gms);
  expect(of('https://chat.test/api/v2/chats', 'OPTIONS')).toBeUndefined();
  const ozeki = { api: 'ozeki', server: 'https://chat.test/i.php' };
  expect(of('https://chat.test/i.php?srv=chatserver&api=chatfileserver')).toEqual(ozeki);
  expect(of('https://chat.test/i.php?srv=chatserver&api=chatconversation', 'POST', { action: 'dance' })).toEqual(ozeki);
  expect(of('https://chat.test/i.php?srv=chatserver&api=chatlogin', 'GET')).toEqual(ozeki);
  const genesys = { api: 'genesys', server: 'https://chat.test' };
  expect(of('https://chat.test/api/v2/chats/abc', 'POST', { operationName: 'Dance' })).toEqual(genesys);
  expect(of('https://chat.test/api/v2/chats', 'GET')).toEqual(genesys);
  const relation = { api: 'relation', server: 'https://chat.test/x' };
  expect(of('https://chat.test/x/api/v1/message/list', 'POST')).toEqual(relation);
  expect(of('https://chat.test/x/api/v1/message/recall', 'POST')).toEqual(relation);
});

test('the look-alike of another product with its header is foreign', () => {
  expect(of('https://chat.test/api/v2/chats', 'POST', {}, [['ContactCenterId', 'abc']])).toBeUndefined();
});

test('a body that is no JSON still names an action where its service has one only', () => {
  const url = 'https://chat.test/i.php?srv=chatserver&api=chatlogin';
  expect(of(url, 'POST', undefined)).toMatchObject({ action: 'login' });
});

test('an API that says nothing of recordings is recognised by the method and path of its rows', () => {
  const actions = {
    show: { method: 'GET', path: '/tickets/{id}' },
    close: { method: 'POST', path: '/tickets/{id}/close' },
    note: {},
  };
  const told = (method: string, path: string) =>
    restRecording.recognise(
      { method, url: new URL(`https://desk.test/v1${path}`), headers: [], json: undefined },
      actions,
    );
  const server = 'https://desk.test/v1';
  expect(told('GET', '/tickets/7')).toEqual({ server, action: 'show' });
  expect(told('POST', '/tickets/7/close/')).toEqual({ server, action: 'close' });
  expect(told('DELETE', '/tickets/7')).toEqual({ server });
  expect(told('GET', '/tickets/7/close/now')).toBeUndefined();
});
