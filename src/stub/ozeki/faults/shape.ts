import { type OzekiFault, onSuccess } from '../mischief.js';

export const shapeFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-blocklist-as-text',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-COM-1',
    sentence: 'Blocklist answers JSON under the content type text/html.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } }),
  },
  {
    id: 'ozeki-list-lastaccess-text',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'List gives lastaccess as a string.',
    answer: onSuccess((body) => ({
      ...body,
      conversations: (body.conversations as { lastaccess: number }[]).map((conversation) => ({
        ...conversation,
        lastaccess: String(conversation.lastaccess),
      })),
    })),
  },
  {
    id: 'ozeki-login-rsakey-missing',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login leaves the rsakey out.',
    answer: onSuccess(({ rsakey: _, ...body }) => body),
  },
];
