import type { StubOptions } from '../../src/stub/index.js';

/** What a test sees of an answer. */
export interface Said {
  status: number;
  headers: Headers;
  text: string;
}

const HEADERS = ['content-type', 'content-length', 'content-encoding', 'connection', 'set-cookie', 'allow'];

/**
 * Tells whether a server says anything else than the ordinary one in one and the same conversation; it ends at the first such part, unless
 * somebody wants to see every part.
 */
export function showing<S extends Said>(conversation: (options: StubOptions) => AsyncGenerator<readonly S[]>) {
  let ordinary: Promise<string[]> | undefined;
  return async (options: StubOptions, see?: (part: readonly S[]) => void): Promise<boolean> => {
    ordinary ??= allOf(conversation({}));
    const expected = await ordinary;
    let isOther = false;
    let i = 0;
    for await (const part of conversation(options)) {
      isOther ||= written(part) !== expected[i++];
      if (isOther && see === undefined) return true;
      see?.(part);
    }
    return isOther;
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
