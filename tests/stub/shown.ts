import type { StubOptions } from '../../src/stub/index.js';

/** What a test sees of an answer. */
export interface Said {
  status: number;
  headers: Headers;
  text: string;
}

const HEADERS = ['content-type', 'content-length', 'content-encoding', 'connection', 'set-cookie', 'allow'];

/** Tells whether a server says anything else than the ordinary one in one and the same conversation; it ends at the first such part. */
export function showing(conversation: (options: StubOptions) => AsyncGenerator<readonly Said[]>) {
  let ordinary: Promise<string[]> | undefined;
  return async (options: StubOptions): Promise<boolean> => {
    ordinary ??= allOf(conversation({}));
    const expected = await ordinary;
    let i = 0;
    for await (const part of conversation(options)) if (written(part) !== expected[i++]) return true;
    return false;
  };
}

async function allOf(parts: AsyncGenerator<readonly Said[]>): Promise<string[]> {
  const all: string[] = [];
  for await (const part of parts) all.push(written(part));
  return all;
}

function written(part: readonly Said[]): string {
  return JSON.stringify(
    part.map(({ status, headers, text }) => [status, HEADERS.map((name) => headers.get(name)), text]),
  );
}
