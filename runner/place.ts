import { fileURLToPath } from 'node:url';

/** A line of a spec file. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Frames that are looked through: the vocabulary stands between a spec and what it calls. */
const deepest = 60;

/** The line of the spec that is at work now, by the stack of the call; that of the test where no line of its file is on it. */
export function placeIn({ file, line, column }: Place): Place {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = deepest;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  for (const frame of stack.split('\n')) {
    const [, path = '', at = '', from = ''] =
      /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (path === '' || !frame.includes('.spec.')) continue;
    if ((path.startsWith('file://') ? fileURLToPath(path) : path) === file)
      return { file, line: Number(at), column: Number(from) };
  }
  return { file, line, column };
}
