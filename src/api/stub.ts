/** The simulated servers of APIs. What serves them is heavy, and loaded when it is first needed. */
import type { ServedStub, Serving, StubApi, StubOptions } from '../stub/index.js';
import type { Api } from './api.js';

/** The simulated servers of these APIs, loaded. */
export function stubsOf(apis: readonly Api[]): Promise<StubApi[]> {
  return Promise.all(apis.map((api) => api.stub()));
}

/** Serves a stub of these APIs on the loopback, on a free port where none is named. */
export async function serveStub(apis: readonly Api[], options?: StubOptions & Serving): Promise<ServedStub> {
  const [{ serveStub: serve }, stubs] = await Promise.all([import('../stub/index.js'), stubsOf(apis)]);
  return serve(stubs, options);
}
