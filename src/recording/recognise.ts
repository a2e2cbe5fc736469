import type { Recognised, RecordedApi } from './api.js';
import type { HeaderLines } from './types.js';

/** A request, as far as it tells what it asks for. */
export interface Request {
  method: string;
  url: string;
  headers: HeaderLines;
  /** The JSON of the body, or the members of a form; `undefined` where it is neither. */
  json: unknown;
}

/** The API that a request is of, and the action that it asks for. */
export interface Found extends Recognised {
  api: RecordedApi;
}

/** What a request asks for; `undefined` where it is of none of these APIs, such as the question that a browser asks ahead. */
export function recognise(apis: readonly RecordedApi[], request: Request): Found | undefined {
  const { method, headers, json } = request;
  if (method === 'OPTIONS' || !/^https?:/i.test(request.url) || !URL.canParse(request.url)) return undefined;
  const asked = { method, url: new URL(request.url), headers, json };
  for (const api of apis) {
    const recognised = api.recording.recognise(asked, api.actions);
    if (recognised !== undefined) return { api, ...recognised };
  }
  return undefined;
}
