import { chatModel } from '../../chatserver/model/index.js';
import { gmsDialect } from '../dialect.js';
import { wayToGms } from '../doctor.js';

/** The contract of the GMS Chat API as something that can be run. */
export const {
  model: gmsModel,
  rules,
  judgeBy,
} = chatModel({
  dialect: gmsDialect,
  answered: 'GMS-COM-1',
  ids: {
    served: 'GMS-COM-2',
    servedBy: {
      starttyping: 'GMS-TYPE-1-START',
      stoptyping: 'GMS-TYPE-1-STOP',
      updatenickname: 'GMS-NICK-1',
      pushurl: 'GMS-URL-1',
      customnotice: 'GMS-NOTE-1',
      updatedata: 'GMS-DATA-1',
      readreceipt: 'GMS-READ-1',
      filelimits: 'GMS-FILE-1',
      fileupload: 'GMS-FILE-2',
      filedownload: 'GMS-FILE-2-DOWNLOAD',
      filedelete: 'GMS-FILE-3',
    },
    access: 'GMS-COM-4',
    ownId: 'GMS-REQ-4',
    ownKey: 'GMS-REQ-4-SHOULD',
    same: 'GMS-REF-4',
    fromPosition: 'GMS-REF-1',
    whole: 'GMS-REF-2',
    texts: 'GMS-SEND-1',
    polling: 'GMS-REF-3',
    shown: {
      start: 'GMS-TYPE-1-START',
      stop: 'GMS-TYPE-1-STOP',
      rename: 'GMS-NICK-1',
      push: 'GMS-URL-1',
      note: 'GMS-NOTE-1',
      upload: 'GMS-FILE-2',
      remove: 'GMS-FILE-3',
    },
    nickname: 'GMS-NICK-1',
    participant: 'GMS-NICK-1',
    oneFormat: { kind: 'GMS-SEND-2', answered: 'GMS-SEND-3', goesOn: 'GMS-REF-3' },
    open: 'GMS-REF-6',
    over: 'GMS-DONE-1',
    foreign: 'GMS-REF-4',
    time: 'GMS-REF-5',
    behind: 'GMS-REF-7',
    late: 'GMS-DONE-1',
  },
  fileIds: {
    upload: 'GMS-FILE-2',
    download: 'GMS-FILE-2-DOWNLOAD',
    remove: 'GMS-FILE-3',
    foreign: 'GMS-FILE-4',
  },
  wayTo: wayToGms,
});
