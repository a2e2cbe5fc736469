import { contentType, httpStatus, jsonAnswer, written } from '../../../../src/stub/answer.js';
import { everyNth, onAnswer, onRefusal, onSuccess } from '../../../../src/stub/mutation.js';
import { change, drop, respell, retype, set } from '../../../../src/stub/operators.js';
import { gmsActionNames, gmsActions } from '../../actions.js';
import type { Call } from '../call.js';
import { faultsOf, instead, on, onEach, row } from '../rows.js';

const jsonActions = gmsActionNames.filter((name) => name !== 'filedownload');

export const shapeFaults = faultsOf({
  'GMS-COM-1': {
    'participantid-string': on
      .refresh('Refresh gives participantId as a string.')
      .by(retype('/messages/*/from/participantId', 'string')),
    'starttyping-empty': on.starttyping('Start Typing answers an empty body.').by(onSuccess(written(() => ''))),
    'alias-number': on.stoptyping('Stop Typing gives the alias as a number.').by(retype('/alias', 'number')),
    'chatended-text': on.sendmessage('chatEnded is a text.').by(retype('/chatEnded', 'string')),
    'userdata-number': on
      .fileupload('The file-id is a number.')
      .by(change('/userData/file-id', (_id, { count }: Call) => count)),
    'limits-numbers': on
      .filelimits('The limits are numbers, not texts.')
      .by(
        change('/messages/*/userData', (limits: Record<string, string>) =>
          Object.fromEntries(
            Object.entries(limits).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
          ),
        ),
      ),
    'disconnect-accepted': on.disconnect('Disconnect answers HTTP 202.').by(onSuccess(httpStatus(202))),
    'every-fifteenth-broken': row('Every fifteenth answer is JSON that breaks off.').by(
      everyNth(
        15,
        written((json) => json.slice(0, -1)),
      ),
    ),
    ...onEach(
      jsonActions,
      'bom-before-json',
      (action) => `${gmsActions[action].page} sends a byte order mark before its JSON.`,
      () => onAnswer(written((json) => `\ufeff${json}`)),
    ),
    'index-missing': on
      .refresh('Refresh leaves the index out of typing events.')
      .by(
        change('/messages/*', ({ index, ...event }: { index: number; type: string }) =>
          event.type.startsWith('Typing') ? event : { index, ...event },
        ),
      ),
  },
  'GMS-COM-1-SHOULD': {
    'sendmessage-as-html': on
      .sendmessage('Send Message answers JSON under the content type text/html.')
      .by(onAnswer(contentType('text/html'))),
    'filelimits-as-text': on
      .filelimits('File Limits answers JSON under the content type text/plain.')
      .by(onAnswer(contentType('text/plain'))),
  },
  'GMS-COM-1-FROM-SHOULD': {
    'from-lower-case': on
      .refresh('The type of the others is written in lower case.')
      .by(respell('/messages/*/from/type', (type) => (type === 'Client' ? type : type.toLowerCase()))),
  },
  'GMS-COM-2': {
    'statuscode-string': row('statusCode is a string.').by(onAnswer(retype('/statusCode', 'string'))),
    'statuscode-missing': on.updatenickname('Update Nickname answers no statusCode.').by(drop('/statusCode')),
    'refusal-http-code': row('The statusCode of a refusal is an HTTP status.').by(onRefusal(set('/statusCode', 403))),
    'refusal-of-another-form': row('Refusals are HTTP 200 with an object that has no statusCode.').by(
      onRefusal((_answer, { refusal }) => jsonAnswer(200, { errors: [{ advice: refusal?.message }] })),
    ),
    'send-not-implemented': on
      .sendmessage('Send Message is refused every third time.')
      .by(onAnswer((answer, { count }) => (count % 3 === 0 ? jsonAnswer(200, { statusCode: 2 }) : answer))),
  },
  'GMS-COM-3': {
    'chatid-lower-case': on
      .refresh('Refresh answers the chatId in lower case.')
      .by(respell('/chatId', (id) => id.toLowerCase())),
    'chatid-of-newest': on
      .sendmessage('Send Message answers the chatId of the chat opened last.')
      .by(change('/chatId', (_id, { state }: Call) => state.chats.at(-1)?.id)),
    'chatid-with-instance': on
      .updatedata('Update Data answers the chatId with an instance behind it.')
      .by(respell('/chatId', (id) => `${id}@117`)),
  },
  'GMS-REQ-1': {
    'request-without-alias': row('Request Chat leaves the alias out.').by(drop('/alias')),
    'request-without-key': row('Request Chat gives the key under another name.').by(
      change('', ({ secureKey, ...body }: { secureKey: string }) => ({ ...body, key: secureKey })),
    ),
    'request-userid-number': row('Request Chat gives the userId as a number.').by(
      change('/userId', (_id, { total }: Call) => total),
    ),
    'request-without-messages': row('Request Chat answers no messages.').by(drop('/messages')),
  },
  'GMS-REQ-5': {
    'parts-refused': row('Request Chat takes no form in several parts.').by(
      instead('readForm', (usual, call) => {
        const isRefused = call.action === 'requestchat' && call.request.contentType.startsWith('multipart');
        return usual(isRefused ? { ...call, form: undefined } : call);
      }),
    ),
    'parts-nickname-lost': row('Of a form in several parts, letters beyond ASCII are lost.').by(
      instead('readName', (usual, { request }) =>
        request.contentType.startsWith('multipart') ? usual().replace(/[^\x20-\x7e]/g, '?') : usual(),
      ),
    ),
  },
  'GMS-DATA-1': {
    'updatedata-refused': row('Update Data is refused where its data is long.').by(
      onAnswer((answer, { body }) =>
        JSON.stringify(body.userData ?? '').length > 1000 ? jsonAnswer(200, { statusCode: 2 }) : answer,
      ),
    ),
  },
  'GMS-READ-1': {
    'readreceipt-unknown': row('There is no Read Receipt.').by(onAnswer(() => jsonAnswer(404, { statusCode: 2 }))),
  },
  'GMS-FILE-1': {
    'limits-without-used': row('File Limits leaves out what has been used.').by(
      change('/messages/*/userData', (limits: Record<string, string>) =>
        Object.fromEntries(Object.entries(limits).filter(([name]) => !name.startsWith('used'))),
      ),
    ),
    'limits-types-with-commas': row('The types of files are joined by commas.').by(
      change('/messages/*/userData/upload-file-types', (types: string) => types.replaceAll(':', ', ')),
    ),
    'limits-empty': row('File Limits answers no Notice.').by(set('/messages', [])),
    'limits-size-with-unit': row('The largest size of a file is given in KiB, with the unit.').by(
      change('/messages/*/userData/upload-max-file-size', (size: string) => `${Number(size) / 1024} KiB`),
    ),
  },
});
