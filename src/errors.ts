import { distance } from 'fastest-levenshtein';

/**
 * A mistake of the person who runs the suite (a wrong option, a broken target file): told in plain sentences, never with a
 * stack trace, exit code 2. Its text must never hold the value of a credential.
 */
export class UsageError extends Error {
  /** The problems one by one; more than one where a file has several. */
  readonly problems: readonly string[];

  /** `problems` under an optional `heading` that names the thing they are about. */
  constructor(problems: string | readonly string[], heading?: string) {
    const list = typeof problems === 'string' ? [problems] : problems;
    super(heading === undefined ? list.join('\n') : [heading, ...list.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'UsageError';
    this.problems = list;
  }
}

/** The known word that `word` was most likely meant to be; `undefined` when none is near. Upper and lower case count alike. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const apart = distance(word.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || apart < best.distance) best = { word: candidate, distance: apart };
  }
  // A third of the letters may differ: more would offer words that only look alike.
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.word : undefined;
}

/** ` Did you mean X?` with its leading space, or nothing when no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

/** Why the system refused, and the mend, where that is no mistake of this program; `undefined` for anything else. */
export function systemProblem(error: unknown): string | undefined {
  const { code, path } = Object(error) as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : systemProblems[code];
  return words === undefined ? undefined : `${path === undefined ? '' : `${path}: `}${words}.`;
}

const systemProblems: Readonly<Record<string, string>> = {
  EMFILE: 'too many files are open. Raise the limit, such as with: ulimit -n 1024',
  ENFILE: 'too many files are open on this machine. End other programs, or raise its limit',
  EAGAIN: 'the system starts no more processes now. End other programs, or raise the limit',
  ENOMEM: 'the memory is used up. End other programs',
  ENOSPC: 'no space is left. Make room, or set TMPDIR to a folder that has some',
  EDQUOT: 'no space is left under the quota. Make room, or set TMPDIR to a folder that has some',
  EROFS: 'it is read-only. Set TMPDIR, or --reports, to a folder that can be written',
  EACCES: 'access is denied. Set TMPDIR, or --reports, to a folder that can be written',
  EIO: 'the disk fails',
};

/** Why the file system refused, in words for people. */
export function fileProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a folder, not a file';
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder';
    case 'EACCES':
    case 'EPERM':
      return 'access to it is denied';
    default:
      return `it cannot be read (${code ?? 'unknown reason'})`;
  }
}
