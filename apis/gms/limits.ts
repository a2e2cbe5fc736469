import type { Finding } from '../../src/exchange/index.js';
import { objectOf, objectsOf } from '../../src/passive/json.js';

/** What a notice with the limits is told by. */
const limitsText = 'file-client-cfg-get';

/** The limits that are numbers. */
const numbers = [
  ...['download-attempts', 'used-download-attempts', 'upload-max-files', 'used-upload-max-files'],
  ...['upload-max-file-size', 'upload-max-total-size', 'used-upload-max-total-size'],
] as const;

/** What a chat lets its client do with files. Sizes are bytes. */
export interface Limits {
  /** How many more files may be sent, and downloads made. */
  filesLeft: number;
  downloadsLeft: number;
  usedFiles: number;
  usedSize: number;
  largestFile: number;
  sizeLeft: number;
  needsAgent: boolean;
  /** Endings of names, in lower case. */
  types: readonly string[];
}

/** The members of the notice in an answer of File Limits; `undefined` where there is none. */
function membersIn(body: Record<string, unknown>): Record<string, unknown> | undefined {
  const notices = objectsOf(body.messages).filter(({ userData }) => objectOf(userData) !== undefined);
  const notice = notices.find(({ text }) => text === limitsText) ?? notices[0];
  return objectOf(notice?.userData);
}

/** What an answer of File Limits says; `undefined` where it says it in another form. */
export function limitsIn(body: Record<string, unknown>): Limits | undefined {
  const members = membersIn(body);
  if (members === undefined || limitFindings(body).length > 0) return undefined;
  const number = (name: (typeof numbers)[number]) => Number(members[name]);
  return {
    filesLeft: number('upload-max-files') - number('used-upload-max-files'),
    downloadsLeft: number('download-attempts') - number('used-download-attempts'),
    usedFiles: number('used-upload-max-files'),
    usedSize: number('used-upload-max-total-size'),
    largestFile: number('upload-max-file-size'),
    sizeLeft: number('upload-max-total-size') - number('used-upload-max-total-size'),
    needsAgent: members['upload-need-agent'] === 'true',
    types: String(members['upload-file-types']).toLowerCase().split(':'),
  };
}

/** Finds what of the ten limits an answer lacks, or has in another form. */
export function limitFindings(body: Record<string, unknown>): Finding[] {
  const [at, notice] = [
    objectsOf(body.messages).findIndex(({ text }) => text === limitsText),
    'a Notice with the limits',
  ];
  const event = objectsOf(body.messages)[at];
  if (event?.type !== 'Notice')
    return [{ message: 'no Notice holds the limits', path: '/messages', expected: notice, found: String(event?.type) }];
  const members = objectOf(event.userData) ?? {};
  const isFine: Record<string, (value: string) => boolean> = {
    ...Object.fromEntries(numbers.map((name) => [name, (value: string) => /^\d+$/.test(value)])),
    'upload-file-types': (value) => /^[^:\s]+(:[^:\s]+)*$/.test(value),
    'upload-need-agent': (value) => value === 'true' || value === 'false',
    'delete-file': (value) => value !== '',
  };
  return Object.entries(isFine).flatMap(([name, isDocumented]) => {
    const value = members[name];
    if (typeof value === 'string' && isDocumented(value)) return [];
    const message = `the limit ${name} is missing or of another form`;
    const path = `/messages/${at}/userData/${name}`;
    return [{ message, path, expected: 'a text as clients read it', found: JSON.stringify(value) ?? 'nothing' }];
  });
}
