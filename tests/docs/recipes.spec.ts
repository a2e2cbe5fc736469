import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { packageRoot } from '../../src/root.js';
import { command } from '../cli/command.js';
import { expect, test } from '../test.js';

const pages = ['README.md', 'docs/ci.md', 'docs/server-developers.md', 'docs/client-developers.md'];

function blocksIn(page: string): { language: string; text: string }[] {
  const text = readFileSync(join(packageRoot, page), 'utf8');
  return Array.from(text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm), ([, language = '', inside = '']) => ({
    language,
    text: inside,
  }));
}

for (const page of pages) {
  test(`the workflows of ${page} are YAML`, () => {
    for (const { text } of blocksIn(page).filter(({ language }) => language === 'yaml'))
      expect(parseYaml(text)).toEqual(expect.any(Object));
  });

  test(`each command line of ${page} is one that the command takes`, async () => {
    const lines = blocksIn(page)
      .filter(({ language }) => ['yaml', 'groovy'].includes(language))
      .flatMap(({ text }) => Array.from(text.matchAll(/npx chat-conformance ([^'\n]+)/g), ([, line = '']) => line));
    for (const line of lines) {
      const words = line
        .replace(/\$\{\{ matrix\.shard \}\}|\$CI_NODE_(?:INDEX|TOTAL)/g, '1')
        .trim()
        .split(' ');
      const { code, err } = await command(words);
      // The target file and the shards are not there, which is asked for last.
      expect(code, line).toBe(2);
      expect(err, line).toMatch(/target file .* cannot be read|shards\/\S+/);
    }
    expect(lines.length).toBeGreaterThanOrEqual(page === 'docs/ci.md' ? 4 : 0);
  });
}
