import { getResponse } from 'msw';
import type { Stub } from '../../src/stub/index.js';
import type { Behaviour, SeenRequest } from '../transport/hostile-servers.js';

/** Answers as the stub does, so that a server can misbehave now and then and be sound otherwise. */
export function stubBehaviour(stub: Stub): Behaviour {
  return (_request, response, seen) => {
    getResponse(stub.handlers, requestOf(seen))
      .then(async (answer) => {
        if (answer === undefined) return response.writeHead(404).end();
        if (answer.type === 'error') return response.destroy();
        return response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      })
      .catch(() => response.destroy());
  };
}

/** The same request for handlers. */
export function requestOf({ method, path, headers, body }: SeenRequest): Request {
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://${headers.host}${path}`, { method, headers: given, ...(hasBody && { body }) });
}

/** The action that an Ozeki request asks for, such as `chatconversation mute`. */
export function ozekiAction({ path, body }: SeenRequest): string {
  return `${/[?&]api=(\w+)/.exec(path)?.[1]} ${/"action":"(\w+)"/.exec(body)?.[1]}`;
}
