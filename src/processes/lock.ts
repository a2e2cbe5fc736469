import { randomUUID } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { isSame, type ProcessIdentity, self, standingOf } from './identity.js';

/** The sole use of something, until released or the process ends. */
export interface Lock {
  release(): void;
}

/** Who has a lock that could not be taken; `undefined` where that cannot be read. */
export interface Held {
  by: ProcessIdentity | undefined;
}

/** A holder touches its lock so often, milliseconds. */
const BEAT_MS = 5000;
/** One of whom nothing else is known is gone when it has not touched its lock for so long. */
const SILENT_MS = 30_000;

/**
 * Takes the lock whose file is `path`, in a folder that exists. One whose holder is gone is taken over: at once where this machine
 * can tell, else when the holder has been silent for half a minute.
 *
 * proper-lockfile knows only the second way, so that a killed run would keep the next one waiting; it cannot name the holder, and
 * it changes how this process takes signals and how all of it closes files.
 *
 * @throws what the file system throws where the file cannot be written
 */
export function takeLock(path: string): Lock | Held {
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, `${JSON.stringify(self)}\n`);
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      if (link(own, path)) return held(path);
      const found = read(path);
      if (found === undefined) continue;
      // The clock of the file system, which may be another machine's.
      if (isHeld(found, statSync(own).mtimeMs)) return { by: found.holder };
      takeAway(path, found.text);
    }
    return { by: undefined };
  } finally {
    rmSync(own, { force: true });
  }
}

export function isLock(taken: Lock | Held): taken is Lock {
  return 'release' in taken;
}

/** Who holds the lock of this file; `undefined` where nobody at work does. */
export function holderOf(path: string): Held | undefined {
  const found = read(path);
  return found !== undefined && isHeld(found, Date.now()) ? { by: found.holder } : undefined;
}

interface Found {
  text: string;
  holder: ProcessIdentity | undefined;
  touchedAt: number;
}

function read(path: string): Found | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, holder: identityIn(text), touchedAt: statSync(path).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function identityIn(text: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(text) as ProcessIdentity | null;
    return typeof holder?.pid === 'number' && typeof holder.machine === 'string' ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHeld({ holder, touchedAt }: Found, now: number): boolean {
  const standing = holder === undefined ? 'unknown' : standingOf(holder);
  // A time that has not come is nobody's beat: it would keep everybody out until it comes.
  return standing === 'unknown' ? Math.abs(now - touchedAt) < SILENT_MS : standing === 'alive';
}

/** Makes the file with its content in one step, so that nobody ever reads half of it. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // A file system without links.
    if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
    return create(to);
  }
}

function create(path: string): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(self)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a lock of one that is gone out of the way. Where another process was quicker, its own lock is put back. */
function takeAway(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside)?.text !== text) link(aside, path);
  rmSync(aside, { force: true });
}

/** By the clock of the file system, which all that share the file go by: writes its first character again. */
function touch(path: string): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, '{', 0);
  } finally {
    closeSync(file);
  }
}

function held(path: string): Lock {
  const beat = setInterval(() => {
    try {
      touch(path);
    } catch {
      // Whoever took it away has it now.
    }
  }, BEAT_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      const holder = read(path)?.holder;
      if (holder !== undefined && isSame(holder, self)) rmSync(path, { force: true });
    },
  };
}
