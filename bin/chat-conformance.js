#!/usr/bin/env node
import { closeSync, existsSync, openSync } from 'node:fs';
import module from 'node:module';

const main = new URL('../dist/main.js', import.meta.url);

/** Ends with what went wrong. Never with 1, which says that a server missed something. @param {unknown} error */
function fail(error) {
  const { code, message = String(error) } = /** @type {NodeJS.ErrnoException} */ (Object(error));
  // Where no file can be opened modules cannot be found either, and whoever looks for them says other things.
  const mend =
    code === 'EMFILE' || !isOpening() ? ' Too many files are open: raise the limit, such as with: ulimit -n 1024' : '';
  console.error(`chat-conformance: it cannot go on: ${message.split('\n', 1)[0]}.${mend}`);
  process.exit(2);
}

/** Whether a file can be opened. */
function isOpening() {
  try {
    closeSync(openSync(import.meta.filename, 'r'));
    return true;
  } catch {
    return false;
  }
}

process.on('uncaughtException', fail);

// Node.js from 22.1 on keeps what it compiled for the next start.
module.enableCompileCache?.();

if (existsSync(main)) {
  try {
    const cli = await import(main.href);
    process.exitCode = await cli.main(process.argv.slice(2));
  } catch (error) {
    fail(error);
  }
} else {
  console.error('chat-conformance: the compiled code is missing. Build it with: npm run build');
  process.exitCode = 2;
}
