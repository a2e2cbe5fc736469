/** What stands before a simulated server within the process: answers in its place, or changes what is asked and answered. */

export type Fetch = typeof globalThis.fetch;

/** A request, before the server gets it; its headers may be changed. */
export interface Asked {
  url: URL;
  headers: Headers;
  /** The text of the body; empty where there is none. */
  body: string;
}

/** The server, but what `answer` gives in its place. */
export function before(server: Fetch, answer: (asked: Asked) => Response | undefined): Fetch {
  return async (url, init) => {
    const asked = askedBy(url, init);
    return answer(asked) ?? server(url, { ...init, headers: asked.headers });
  };
}

/** The server with each JSON answer as `alter` leaves it. What is no JSON passes as it is. */
export function behind<Body>(server: Fetch, alter: (asked: Asked, body: Body) => void): Fetch {
  return async (url, init) => {
    const answer = await server(url, init);
    const text = await answer.text();
    const json = parsed(text);
    if (json === undefined) return new Response(text, answer);
    alter(askedBy(url, init), json as Body);
    return new Response(JSON.stringify(json), answer);
  };
}

function askedBy(url: string | URL | Request, { headers, body }: RequestInit = {}): Asked {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
  return { url: new URL(String(url)), headers: new Headers(headers), body: text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
