import { expect, test } from '@playwright/test';
import { genesysActionNames, genesysActions, genesysPath } from '../../apis/genesys/actions.js';
import { ozekiActionNames, ozekiActions } from '../../apis/ozeki/actions.js';
import { relationActionNames, relationActions } from '../../apis/relation/actions.js';
import { recognise } from '../../src/recording/index.js';

const post = { method: 'POST', headers: [] };

test('every Ozeki action is recognised by its query and the action of its body', () => {
  for (const name of ozekiActionNames) {
    const { srv, api, action } = ozekiActions[name];
    const url = `https://chat.test/ozeki/index.php?api=${api}&lang=en&srv=${srv}`;
    const found = { api: 'ozeki', action: name, server: 'https://chat.test/ozeki/index.php' };
    expect(recognise({ ...post, url, json: { action } })).toEqual(found);
  }
});

test('every Genesys action is recognised by its path and operation, under a prefix too', () => {
  for (const name of genesysActionNames) {
    const action = genesysActions[name];
    const url = `https://chat.test/gate${genesysPath(name, 'a b')}`;
    const json = 'operationName' in action ? { operationName: action.operationName } : {};
    const chat = name === 'requestchat' ? {} : { chatId: 'a b' };
    const found = { api: 'genesys', action: name, server: 'https://chat.test/gate', ...chat };
    expect(recognise({ ...post, url, json })).toEqual(found);
  }
});

test('every Relation action is recognised by its path and method', () => {
  for (const name of relationActionNames) {
    const { method, path } = relationActions[name];
    const url = `https://api.test${path}?limit=1`;
    const found = { api: 'relation', action: name, server: 'https://api.test' };
    expect(recognise({ method, headers: [], url, json: undefined })).toEqual(found);
  }
});

test('what is of no API is foreign, and what is of no action unknown', () => {
  const of = (url: string, method = 'POST', json: unknown = {}) => recognise({ method, headers: [], url, json });
  expect(of('https://chat.test/style.css', 'GET')).toBe('foreign');
  expect(of('data:text/plain,hello', 'GET')).toBe('foreign');
  expect(of('')).toBe('foreign');
  expect(of('https://chat.test/genesys/2/chat/abc')).toBe('foreign');
  expect(of('https://chat.test/api/v2/chats', 'OPTIONS')).toBe('foreign');
  expect(of('https://chat.test/i.php?srv=chatserver&api=chatfileserver')).toBe('unknown');
  expect(of('https://chat.test/i.php?srv=chatserver&api=chatconversation', 'POST', { action: 'dance' })).toBe(
    'unknown',
  );
  expect(of('https://chat.test/i.php?srv=chatserver&api=chatlogin', 'GET')).toBe('unknown');
  expect(of('https://chat.test/api/v2/chats/abc', 'POST', { operationName: 'Dance' })).toBe('unknown');
  expect(of('https://chat.test/api/v1/message/list', 'POST')).toBe('unknown');
});

test('the look-alike of another product with its header is foreign', () => {
  const headers = [['ContactCenterId', 'abc']] as const;
  expect(recognise({ method: 'POST', headers, url: 'https://chat.test/api/v2/chats', json: {} })).toBe('foreign');
});

test('a body that is no JSON still names an action where its service has one only', () => {
  const url = 'https://chat.test/i.php?srv=chatserver&api=chatlogin';
  expect(recognise({ ...post, url, json: undefined })).toMatchObject({ action: 'login' });
});
