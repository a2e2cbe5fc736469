/** What passes between the suite and a server, as plain data that every later stage reads. */

/** The name of a documented HTTP API, such as `ozeki`: that of its folders, of its section of a target file, and in a verdict. */
export type ApiName = string;

/** What an action does to the server: changes nothing, can be undone or is harmless, cannot be undone. */
export type Level = 'read' | 'write' | 'destroy';

/** A request as it goes over the wire; `body` is the exact text sent, unless `content` is there. Header names as written. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** The exact bytes sent, where no text says them: `body` shows U+FFFD for what is no UTF-8 in them. */
  content?: Uint8Array<ArrayBuffer>;
}

/** A response as it came over the wire. Header names are lower case. */
export interface ReceivedResponse {
  status: number;
  headers: Record<string, string>;
  /** The decoded body text (invalid UTF-8 shows as U+FFFD). */
  text: string;
  /** Size of the decoded body in bytes. */
  bytes: number;
  /** The bytes themselves, where `text` cannot say them: a body that is no UTF-8. */
  content?: Uint8Array;
  /** The parsed body; `undefined` when the text is no JSON. */
  json?: unknown;
  /** Why `json` is undefined, in words for people: 'the body is empty', 'not UTF-8', the parser's message. */
  notJson?: string;
}

/** One schema violation: where (JSON pointer, '' is the root), what was expected, what was found. */
export interface Violation {
  path: string;
  expected: string;
  found: string;
  /** The requirement that it misses, where the schema names one (`x-requirement`). Of responses alone. */
  requirement?: string;
}

/**
 * `call`: a documented, legal call, which a conforming server serves.
 * `probe`: bad input, bad credentials or an outsider, on purpose; a conforming server may refuse it.
 */
export type Intent = 'call' | 'probe';

/** One request with its response, as evidence. */
export interface Exchange {
  api: ApiName;
  /** The documented action's name, such as `clear`, `getmessages`, `unreadcount`. */
  action: string;
  intent: Intent;
  /** What the action does to the server, where the suite sent it. */
  level?: Level;
  /** The e-mail address or id of the account that sent it, where the suite knows it. */
  account?: string;
  /** Who sent it, in the words of the check: alice, bob, outsider, member, nobody. */
  actor: string;
  request: SentRequest & { json?: unknown };
  response: ReceivedResponse;
  /** What came before the response and made the suite send the request again: 429 and gateway errors. */
  busy?: readonly ReceivedResponse[];
  /** When the request was sent, epoch milliseconds of the suite's clock. */
  startedAt: number;
  /** From sending to the last byte of the body, milliseconds. */
  durationMs: number;
  /** Violations of the action's documented schemas. Those of the response mean something only for a success. */
  violations: { request: Violation[]; response: Violation[] };
  /** The requirements of which the response holds something for its schema to judge (`x-requirement`). */
  decided?: readonly string[];
}

/** One row of a table that shows how pages of a walk follow each other. */
export interface PageRow {
  page: number;
  cursor: string;
  items: string[];
  /** Items of this page that are wrong, by their text in `items`, with the reason ('again', 'lost before this'). */
  marks?: Record<string, string>;
}

/** One way in which data misses what was promised. Made by rules and by specs; no finding means met. */
export interface Finding {
  /** One sentence: what is wrong. */
  message: string;
  /** JSON pointer into the body, where there is one. */
  path?: string;
  expected?: string;
  found?: string;
  /** The pages of a walk, where the finding is about paging. */
  pages?: PageRow[];
  /** The exchanges that prove it; where empty, the judge takes the last ones of the check. */
  exchanges?: Exchange[];
}
