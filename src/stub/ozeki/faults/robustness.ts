import { htmlAnswer } from '../behaviour/answers.js';
import type { OzekiFault } from '../mischief.js';

export const robustnessFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-every-fifteenth-broken',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'Every fifteenth answer is JSON that breaks off.',
    answer: (answer, call) =>
      call.total % 15 === 0 ? { ...answer, write: (body) => answer.write(body).slice(0, -1) } : answer,
  },
  {
    id: 'ozeki-malformed-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'Malformed JSON is answered by a stack trace and HTTP 500.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'body'
          ? htmlAnswer(500, 'PHP Fatal error: Uncaught JsonException in /srv/ozeki/index.php:41 Stack trace: #0 {main}')
          : base.refuse(call, refusal),
    }),
  },
  {
    id: 'ozeki-list-cut-off',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'The connection breaks in the middle of the answer of List.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': '1000000' } }),
  },
];
