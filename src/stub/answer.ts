import { setTimeout as wait } from 'node:timers/promises';
import { HttpResponse } from 'msw';

/** Thrown anywhere on a call's way to refuse it, for one of the reasons of its API; `message` says why where answers do. */
export class RefusalOf<Kind extends string> extends Error {
  constructor(
    readonly kind: Kind,
    message: string,
  ) {
    super(message);
  }
}

/** An answer about to be sent. */
export interface Answer {
  status: number;
  /** Names in lower case. A `content-length` above the true size cuts the connection after the body. */
  headers: Record<string, string>;
  body: unknown;
  /** Turns `body` into text, at the very end; a fault that wants to send other text replaces it. */
  write: (body: unknown) => string;
  /** Turns the text into bytes; without it, UTF-8. */
  encode?: (text: string) => Uint8Array<ArrayBuffer>;
  /** Milliseconds to wait before answering; `Infinity` never answers. */
  delayMs?: number;
  /** Break the connection instead of answering. */
  drop?: boolean;
}

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body, write: JSON.stringify };
}

/** An answer that is an HTML page. */
export function htmlAnswer(status: number, title: string): Answer {
  const page = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page, write: String };
}

/** Puts another content type on an answer. */
export function contentType(value: string): (answer: Answer) => Answer {
  return (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': value } });
}

/** Puts another HTTP status on an answer. */
export function httpStatus(status: number): (answer: Answer) => Answer {
  return (answer) => ({ ...answer, status });
}

/** Sends other text than the JSON, such as something around it. */
export function written(change: (json: string) => string): (answer: Answer) => Answer {
  return (answer) => ({ ...answer, write: (body) => change(answer.write(body)) });
}

/** Breaks the connection in the middle of an answer. */
export function cutOff(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'content-length': '1000000' } };
}

/** The answer as MSW sends it. */
export async function send(answer: Answer): Promise<Response> {
  if (answer.delayMs === Number.POSITIVE_INFINITY) await new Promise(() => {});
  if (answer.delayMs !== undefined) await wait(answer.delayMs);
  if (answer.drop) return HttpResponse.error();
  const text = answer.write(answer.body);
  return new HttpResponse(answer.encode?.(text) ?? text, { status: answer.status, headers: answer.headers });
}

/** A member of a body that may be anything; what is wrong with it is said later. */
export function memberIn(text: string, name: string): unknown {
  try {
    return (JSON.parse(text) as Record<string, unknown> | null)?.[name];
  } catch {
    return undefined;
  }
}

/** Counts a call: how many of its action there were, and of all, this one included. */
export function countCall<Action>(counts: Map<Action, number>, action: Action): { count: number; total: number } {
  const count = (counts.get(action) ?? 0) + 1;
  counts.set(action, count);
  return { count, total: [...counts.values()].reduce((sum, each) => sum + each, 0) };
}
