import { type ServedStub, type Serving, type StubApi, type StubOptions, serveStub as serve } from '../stub/index.js';
import type { Api } from './api.js';

/** The simulated servers of these APIs, loaded. */
export function stubsOf(apis: readonly Api[]): Promise<StubApi[]> {
  return Promise.all(apis.map((api) => api.stub()));
}

/** Serves a stub of these APIs on the loopback, on a free port where none is named. */
export async function serveStub(apis: readonly Api[], options?: StubOptions & Serving): Promise<ServedStub> {
  return serve(await stubsOf(apis), options);
}
