/** The rules on files in a chat. */
import { miss } from '../../../src/explore/rule.js';
import { objectOf } from '../../../src/passive/json.js';
import { shortened } from '../../../src/rules/index.js';
import type { Seen } from './advance.js';
import { fileOf } from './files.js';
import type { Rule } from './rules.js';
import { chatsOf, type Sent } from './state.js';

/** The requirements that the rules on files find missed. */
export interface FileRuleIds {
  /** That an upload gives the file an id, that a file comes back as it was sent, and that one taken away is gone. */
  upload: string;
  download: string;
  remove: string;
  /** That no other chat has it. */
  foreign: string;
}

/** The rules on files. */
export const fileRulesOf = (ids: FileRuleIds): readonly Rule[] => [
  {
    name: 'each file has an id of its own',
    judge: ({ dialect, action, outcome, body, chat }) => {
      if (action !== dialect.files?.actions.upload || outcome !== 'served') return [];
      const id = objectOf(body.userData)?.['file-id'];
      if (!chat?.files.some((file) => file.id === id && file.is === 'there')) return [];
      return [
        miss(ids.upload, {
          message: 'two files of a chat have the same file-id',
          path: '/userData/file-id',
          expected: 'an id of its own',
          found: String(id),
        }),
      ];
    },
  },
  ofDownload('a file comes back byte for byte', (seen, text) => {
    const file = fileOf(seen);
    if (file?.is !== 'there' || file.content === text) return [];
    return [
      miss(ids.download, {
        message: 'a file does not come back byte for byte',
        expected: JSON.stringify(file.content),
        found: shortened(JSON.stringify(text), 120),
      }),
    ];
  }),
  ofDownload('a file that was taken away is gone', (seen) =>
    fileOf(seen)?.is === 'gone'
      ? [miss(ids.remove, { message: 'a file that was deleted is served', expected: 'a refusal', found: 'the file' })]
      : [],
  ),
  ofDownload("no chat has another chat's file", ({ chat, before }, text) => {
    const isHeld = ({ content }: Sent) => content === text;
    const others = chatsOf(before).filter(({ id }) => id !== chat?.id);
    if (chat?.files.some(isHeld) || !others.some(({ files }) => files.some(isHeld))) return [];
    return [
      miss(ids.foreign, {
        message: "another chat's file is served",
        expected: 'a refusal',
        found: shortened(JSON.stringify(text), 120),
      }),
    ];
  }),
];

/** A rule on what a client is given as a file. */
function ofDownload(name: string, judge: (seen: Seen, text: string) => ReturnType<Rule['judge']>): Rule {
  return {
    name,
    judge: (seen) =>
      seen.action === seen.dialect.files?.actions.download && seen.outcome === 'served' && seen.isEntitled
        ? judge(seen, seen.exchange.response.text)
        : [],
  };
}
