import type { FileBehaviour } from '../call.js';
import { type Chat, Refusal } from '../model.js';

const LARGEST = { files: 5, file: 64 * 1024, total: 256 * 1024, downloads: 10 };

export const files: FileBehaviour = {
  limits: (_call, chat) => ({
    'download-attempts': String(LARGEST.downloads),
    'used-download-attempts': String(chat.downloads),
    'upload-max-files': String(LARGEST.files),
    'used-upload-max-files': String(chat.files.length),
    'upload-max-file-size': String(LARGEST.file),
    'upload-max-total-size': String(LARGEST.total),
    'used-upload-max-total-size': String(sizeOf(chat)),
    'upload-need-agent': 'false',
    'upload-file-types': 'jpeg:jpg:pdf:png:zip',
    'delete-file': 'odd',
  }),

  checkFile(call, chat, { name, bytes }) {
    const limits = call.behaviour.limits(call, chat);
    const number = (limit: string) => Number(limits[limit]);
    const type = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    if (limits['upload-file-types']?.split(':').includes(type) !== true)
      throw new Refusal('limit', 'Files of this type may not be sent');
    const isTooMuch =
      bytes.length > number('upload-max-file-size') ||
      sizeOf(chat) + bytes.length > number('upload-max-total-size') ||
      chat.files.length >= number('upload-max-files');
    if (isTooMuch) throw new Refusal('limit', 'The file is too large, or there are too many');
  },

  keep(_call, chat, upload) {
    const file = { ...upload, id: `${chat.id}-${chat.files.length + 1}`, isDeleted: false };
    chat.files.push(file);
    return file;
  },

  fileOf({ fileId }, chat) {
    const file = chat.files.find(({ id, isDeleted }) => id === fileId && !isDeleted);
    if (file === undefined) throw new Refusal('file', 'There is no such file');
    return file;
  },

  give(_call, chat, { bytes }) {
    if (chat.downloads >= LARGEST.downloads) throw new Refusal('limit', 'Too many downloads');
    chat.downloads += 1;
    return bytes;
  },

  remove(_call, _chat, file) {
    file.isDeleted = true;
  },
};

function sizeOf({ files: kept }: Chat): number {
  return kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
