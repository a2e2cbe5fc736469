// @ts-check
/**
 * Prints the yardsticks of the project's structure: lines by room, files outside its rooms that name an API, places that an action
 * touches, circles of imports, lines a fault, and how long the bodies of checks are. Needs a current build.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apis } from '../dist/apis/index.js';
import { circles, filesNamingApis, read, roomOf, rooms, sourceFiles } from './architecture.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = sourceFiles();
/** @param {string} path */
const linesOf = (path) => read(path).split('\n').length - 1;
/** @param {readonly number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

console.log('Lines by room');
for (const room of rooms) {
  const own = files.filter((path) => roomOf(path) === room);
  if (own.length > 0)
    console.log(`  ${room.name.padEnd(22)} ${String(sum(own.map(linesOf))).padStart(6)} in ${own.length} files`);
}
console.log(`  ${'all'.padEnd(22)} ${String(sum(files.map(linesOf))).padStart(6)} in ${files.length} files`);

const long = files.filter((path) => linesOf(path) > 300 && !/requirements|faults|variants|^types/.test(path));
console.log(`Files over 300 lines, data apart: ${long.length}${long.length > 0 ? ` (${long.join(', ')})` : ''}`);

const naming = filesNamingApis();
console.log(
  `Files outside the rooms of an API that name one: ${naming.length}${naming.length > 0 ? ` (${naming.join(', ')})` : ''}`,
);
console.log(`Circles of imports: ${circles().length}`);

console.log('Places that an action touches');
for (const { name, actions } of apis) {
  const places = placesOf(name, Object.keys(actions));
  console.log(`  ${name.padEnd(22)} ${places.length}: ${places.join(', ')}`);
}

console.log('Lines a fault');
for (const api of apis) {
  const { faults } = await api.stub();
  const own = files.filter((path) => path.startsWith(`apis/${api.name}/stub/faults`));
  const lines = sum(own.map(linesOf));
  console.log(
    `  ${api.name.padEnd(22)} ${(lines / faults.length).toFixed(1)} (${lines} lines, ${faults.length} faults)`,
  );
}

const bodies = files.filter((path) => path.startsWith('specs/')).flatMap((path) => checkBodies(read(path)));
bodies.sort((a, b) => a - b);
/** @param {number} part */
const quantile = (part) => bodies[Math.min(bodies.length - 1, Math.floor(part * bodies.length))];
console.log(
  `Check bodies: ${bodies.length}; lines: median ${quantile(0.5)}, nine of ten at most ${quantile(0.9)}, greatest ${bodies.at(-1)}; over fifteen lines ${((100 * bodies.filter((lines) => lines > 15).length) / bodies.length).toFixed(0)} %`,
);

/**
 * Where one more action needs one more entry: folders with a file for every action, the rows of actions and of requirements, and
 * files with a table that TypeScript holds to be whole, `Record<ActionName, …>`.
 * @param {string} api
 * @param {readonly string[]} actions
 */
function placesOf(api, actions) {
  const folders = [`schemas/${api}`, `specs/${api}`].filter((folder) => {
    const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
    return actions.every((action) => names.some((name) => name.startsWith(`${action}.`)));
  });
  const tables = files.filter((path) => {
    if (!path.includes(`/${api}/`)) return false;
    if (/\/(actions|requirements)\.ts$/.test(path) && path.startsWith(`apis/${api}/`)) return true;
    return /\bRecord<\w+Action(?:Name)?,/.test(read(path).replaceAll('Partial<Record<', ''));
  });
  return [...folders, ...tables];
}

/**
 * How many lines each check of a spec file has between the line that declares it and the end of the call.
 * @param {string} text
 */
function checkBodies(text) {
  return [...text.matchAll(/\brequirement\(/g)].map(({ index }) => {
    let depth = 0;
    for (let at = index; at < text.length; at++) {
      if (text[at] === '(') depth++;
      if (text[at] === ')' && --depth === 0) return Math.max(1, text.slice(index, at).split('\n').length - 2);
    }
    return 1;
  });
}
