import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.js';

/** A fenced block of a page that is to be executed, by its info string: ```sh run background, ```sh run exit=1, ```ts run. */
export interface Block {
  /** `docs/page.md:17`, the line of the fence. */
  place: string;
  language: 'sh' | 'ts' | 'js';
  text: string;
  /** Goes on running while the blocks below it are executed. */
  background: boolean;
  /** The exit code that the page speaks of. */
  exit: number;
}

/** The blocks of a page that are to be executed, in their order. Throws for an info string that it does not know. */
export function blocksOf(page: string): Block[] {
  const lines = readFileSync(join(packageRoot, page), 'utf8').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const info = /^```(\S.*)$/.exec(lines[at] ?? '')?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', at);
    const place = `${page}:${at + 1}`;
    if (end === -1) throw new Error(`${place}: the block has no end.`);
    const [language = '', run, ...words] = info.split(' ');
    if (run !== undefined) blocks.push(block(place, language, run, words, lines.slice(at + 1, end).join('\n')));
    at = end;
  }
  return blocks;
}

function block(place: string, language: string, run: string, words: readonly string[], text: string): Block {
  const exit = words.find((word) => /^exit=\d+$/.test(word))?.slice('exit='.length);
  const known = words.every((word) => word === 'background' || /^exit=\d+$/.test(word));
  if (run !== 'run' || !known || !(language === 'sh' || language === 'ts' || language === 'js')) {
    throw new Error(`${place}: the info string is none of: sh, ts or js, then run, then background or exit=N.`);
  }
  return { place, language, text, background: words.includes('background'), exit: Number(exit ?? 0) };
}
