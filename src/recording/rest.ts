import type { Asked, Recognised, RecordingRules } from './api.js';

/** The rows of actions that have a method and a path; `{name}` stands for one segment. */
type Rows = Readonly<Record<string, { method?: string; path?: string }>>;

/** How traffic is judged of an API that says nothing of it: actions are told by method and path, answers by passive checks. */
export const restRecording: RecordingRules = { recognise: recogniseRest, decidable: [] };

function recogniseRest({ method, url }: Asked, actions: Readonly<Record<string, unknown>>): Recognised | undefined {
  const path = url.pathname.replace(/\/$/, '');
  let known: Recognised | undefined;
  for (const [action, row] of Object.entries(actions as Rows)) {
    const prefix = row.path === undefined ? undefined : patternOf(row.path).exec(path)?.[1];
    if (prefix === undefined) continue;
    const server = `${url.origin}${prefix}`;
    if (row.method === method) return { server, action };
    known ??= { server };
  }
  return known;
}

function patternOf(path: string): RegExp {
  const parts = path
    .replace(/\/$/, '')
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(.*)${parts.join('[^/]+')}$`);
}
