import { type Answer, jsonAnswer } from '../../../../src/stub/answer.js';
import { onAnswer } from '../../../../src/stub/mutation.js';
import { change, set } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { type Chat, type Event, Refusal } from '../model.js';
import { faultsOf, type GmsBehave, hasSpoken, instead, on, row, skip, together } from '../rows.js';

export const stateFaults = faultsOf({
  'GMS-SEND-1': {
    'text-trimmed': changed('White space at the ends of a message is lost.', (text) => text.trim()),
    'text-plus': changed('A plus sign in a message is read as a blank.', (text) => text.replaceAll('+', ' ')),
    'text-decoded-twice': changed('Escapes with a percent sign in a message are decoded once more.', (text) =>
      text.replace(/%([0-7][0-9a-f])/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    ),
    'text-cut-at-ampersand': changed('A message ends at its first ampersand.', (text) => text.split('&')[0] ?? ''),
    'text-escaped': changed('Markup in a message is escaped.', (text) =>
      text.replace(/[<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    ),
    'text-latin': changed('Letters of a message beyond Latin become question marks.', (text) =>
      text.replace(/[\u0100-\uffff]/g, '?'),
    ),
    'text-cut-4k': changed('Messages are cut after 4096 characters.', (text) => text.slice(0, 4096)),
    'text-repeated-dropped': row('A message that is the same as the one before is dropped.').by(
      skip('say', (_call, { events }, text) => events.findLast(({ from }) => from.type === 'Client')?.text === text),
    ),
    'text-while-typing-lost': row('A message that is sent before typing has stopped is lost.').by(
      skip('say', (_call, { events }) => {
        const typing = events.findLast(({ from, type }) => from.type === 'Client' && type.startsWith('Typing'));
        return typing?.type === 'TypingStarted';
      }),
    ),
    'text-as-agent-once-renamed': row(
      'What the client sends under another nickname shows as a Message of the Agent.',
    ).by(
      instead('say', (usual, call, chat, text) => {
        const isRenamed = chat.events.some(({ type }) => type === 'NicknameUpdated');
        if (isRenamed) call.behaviour.append(call, chat, call.behaviour.agent(), 'Message', { text });
        else usual();
      }),
    ),
    'text-as-agent': row('What the client sends shows as a Message of the Agent.').by(
      instead('say', (_usual, call, chat, text) =>
        call.behaviour.append(call, chat, call.behaviour.agent(), 'Message', { text }),
      ),
    ),
    'text-twice': row('Each seventh message shows twice.').by(
      instead('say', (usual, { count }) => {
        usual();
        if (count % 7 === 0) usual();
      }),
    ),
  },
  'GMS-SEND-2': {
    'kind-lost': row('The messageType is not kept.').by(
      instead('say', (usual, call, chat, text) => usual(call, chat, text, undefined)),
    ),
    'kind-sticks': row('A message without a messageType gets the one of the message before.').by(
      instead('say', (usual, call, chat, text, messageType) =>
        usual(call, chat, text, messageType ?? chat.events.findLast((event) => event.type === 'Message')?.messageType),
      ),
    ),
    'kind-always-text': row('Every message has the messageType text.').by(
      instead('say', (usual, call, chat, text) => usual(call, chat, text, 'text')),
    ),
  },
  'GMS-REF-4': {
    'typing-written-over': on
      .starttyping('A start of typing changes the text of the one before, where the client did nothing else.')
      .by(
        instead('type', (usual, _call, { events }, type, text) => {
          const last = events.findLast(({ from }) => from.type === 'Client');
          if (type === 'TypingStarted' && last?.type === type) Object.assign(last, { text });
          else usual();
        }),
      ),
    'receipt-as-message': on.readreceipt('A read receipt shows as a Message of the client.').by(
      onAnswer((answer: Answer, call: Call) => {
        if (call.chat !== undefined && call.refusal === undefined)
          call.behaviour.append(call, call.chat, call.chat.client, 'Message', { text: 'read' });
        return answer;
      }),
    ),
    'rename-rewrites-history': on.updatenickname('A new nickname shows on earlier events too.').by(
      instead('rename', (usual, _call, { events }, nickname) => {
        usual();
        for (const { from } of events) if (from.type === 'Client') from.nickname = nickname;
      }),
    ),
    'typing-forgotten': on.starttyping('Typing is taken out when a message follows, and what is behind moves up.').by(
      instead('say', (usual, _call, chat) => {
        const left = chat.events.filter(({ type }) => type !== 'TypingStarted');
        chat.events = left.map((event, i) => ({ ...event, index: i + 1 }));
        usual();
      }),
    ),
    'ended-chat-cut': on.disconnect('Behind the end, texts are cut in the transcript.').by(
      instead('showEvent', (usual, _call, { isEnded }) => {
        const event = usual();
        return isEnded && event.text !== undefined ? { ...event, text: event.text.slice(0, 10) } : event;
      }),
    ),
  },
  'GMS-REF-6': {
    'ended-early': row('chatEnded is true until the first message of the client.').by(
      instead('showEnded', (usual, { action }, chat) =>
        action === 'refresh' ? usual() === true || !hasSpoken(chat) : usual(),
      ),
    ),
    'ended-when-nothing-new': row('A poll that finds nothing new says that the chat is over.').by(
      change('', (body: { messages?: Event[] }) => (body.messages?.length === 0 ? { ...body, chatEnded: true } : body)),
    ),
    'ended-untold': row('Refresh does not say whether the chat is over.').by(
      change('', ({ chatEnded: _chatEnded, ...body }: { chatEnded: boolean }) => body),
    ),
    'request-ended': on.requestchat('Request Chat says that the chat is over.').by(set('/chatEnded', true)),
    'end-ends-all': on.disconnect('Disconnect ends every chat of the nickname.').by(
      instead('end', (usual, call) => {
        usual();
        for (const other of call.state.chats.slice(-2)) usual(call, other);
      }),
    ),
  },
  'GMS-ALIAS-1': {
    'newest-alias-refused': row('Each answer gives another alias, and only the first one is known.').by(
      together(
        instead('envelope', (usual, { action, total }) => ({
          ...usual(),
          ...(action !== 'requestchat' && { alias: `node-${total % 4}` }),
        })),
        (base) => ({
          checkOpen(call, chat) {
            if (call.body.alias !== chat.alias) call.behaviour.end(call, chat);
            base.checkOpen(call, chat);
          },
        }),
      ),
    ),
  },
  'GMS-TYPE-1-START': {
    'starttyping-hidden': row('A start of typing does not show in the transcript.').by(
      typed('TypingStarted', () => {}),
    ),
    'starttyping-text-lost': row('A start of typing shows without its text.').by(
      typed('TypingStarted', (show) => show('TypingStarted', undefined)),
    ),
  },
  'GMS-TYPE-1-STOP': {
    'stoptyping-hidden': row('A stop of typing does not show in the transcript.').by(typed('TypingStopped', () => {})),
    'stop-shows-as-start': row('A stop of typing shows as a start.').by(
      typed('TypingStopped', (show, text) => show('TypingStarted', text)),
    ),
    'stop-as-message-too': row('The text of a stop of typing shows as a Message too.').by(
      typed('TypingStopped', (show, text) => {
        show('TypingStopped', text);
        if (text !== undefined) show('Message', text);
      }),
    ),
  },
  'GMS-NICK-1': {
    'nickname-without-event': row('A changed nickname shows no NicknameUpdated.').by(
      instead('rename', (_usual, _call, { client }, nickname) => {
        client.nickname = nickname;
      }),
    ),
    'nickname-event-twice': row('A changed nickname shows as two NicknameUpdated.').by(
      instead('rename', (usual) => {
        usual();
        usual();
      }),
    ),
    'nickname-as-notice': row('A changed nickname shows as a Notice.').by(
      instead('rename', (_usual, call, chat, nickname) => {
        chat.client.nickname = nickname;
        call.behaviour.append(call, chat, chat.client, 'Notice', { text: nickname });
      }),
    ),
    'nickname-in-event-only': row('The new nickname shows in its event and nowhere else.').by(
      instead('rename', (_usual, call, chat, nickname) =>
        call.behaviour.append(call, chat, { ...chat.client, nickname }, 'NicknameUpdated', { text: nickname }),
      ),
    ),
    'nickname-latin': row('Letters of a nickname beyond Latin become question marks.').by(
      instead('rename', (usual, call, chat, nickname) => usual(call, chat, nickname.replace(/[\u0100-\uffff]/g, '?'))),
    ),
    'participantid-of-nickname': row('Under a new nickname the client has a new participantId.').by(
      instead('rename', (usual, _call, chat) => {
        chat.client.participantId += 10;
        usual();
      }),
    ),
    'nickname-of-namesakes': row('All clients who bear the old nickname get the new one.').by(
      instead('rename', (usual, { state }, chat, nickname) => {
        const old = chat.client.nickname;
        for (const { client } of state.chats) if (client.nickname === old) client.nickname = nickname;
        usual();
      }),
    ),
    'nickname-of-data': row('A member nickname of Update Data changes the nickname.').by(
      instead('attach', (usual, _call, { client }, { nickname }) => {
        usual();
        if (nickname !== undefined) client.nickname = nickname;
      }),
    ),
    'nickname-lapses': row('A changed nickname is forgotten after a second.').by(
      instead('append', (usual, call, chat, from, type, said) => {
        const changedAt = chat.events.findLast((event) => event.type === 'NicknameUpdated')?.utcTime;
        const isLapsed = changedAt !== undefined && call.behaviour.now(call) > changedAt + 1000;
        const [first] = chat.events;
        if (from.type !== 'Client' || type === 'NicknameUpdated' || !isLapsed || first === undefined) return usual();
        usual(call, chat, { ...from, nickname: first.from.nickname }, type, said);
      }),
    ),
  },
  'GMS-URL-1': {
    'url-hidden': row('A pushed URL does not show in the transcript.').by(skip('push', () => true)),
    'url-again-dropped': row('A URL that was pushed before does not show again.').by(
      skip('push', (_call, { events }, url) => events.some(({ type, text }) => type === 'PushUrl' && text === url)),
    ),
    'url-as-notice': row('A pushed URL shows as a Notice.').by(
      instead('push', (_usual, call, chat, url) =>
        call.behaviour.append(call, chat, chat.client, 'Notice', { text: url }),
      ),
    ),
    'url-decoded': row('A pushed URL shows with its escapes decoded.').by(
      instead('push', (usual, call, chat, url) => usual(call, chat, decodeURI(url))),
    ),
    'url-cut-at-ampersand': row('A pushed URL ends at its first ampersand.').by(
      instead('push', (usual, call, chat, url) => usual(call, chat, url.split('&')[0] ?? '')),
    ),
  },
  'GMS-NOTE-1': {
    'note-as-message': row('A custom notice shows as a Message.').by(
      instead('note', (_usual, call, chat, text) =>
        call.behaviour.append(call, chat, chat.client, 'Message', { text }),
      ),
    ),
    'note-repeated-dropped': row('A custom notice that is the same as the one before is dropped.').by(
      skip('note', (_call, { events }, text) => events.at(-1)?.type === 'CustomNotice' && events.at(-1)?.text === text),
    ),
    'note-text-lost': row('A custom notice shows without its text.').by(
      instead('note', (usual, call, chat) => usual(call, chat, undefined)),
    ),
    'note-markup-lost': row('Markup in a custom notice is lost.').by(
      instead('note', (usual, call, chat, text) => usual(call, chat, text?.replace(/<[^>]*>/g, ''))),
    ),
  },
  'GMS-FILE-2': {
    'upload-without-id': row('An upload answers no file-id.').by(set('/userData', {})),
    'upload-hidden': row('An upload does not show in the transcript.').by(
      skip('append', (_call, _chat, _from, type) => type === 'FileUploaded'),
    ),
    'upload-shows-first-file': row('The event of each upload holds the data of the first file.').by(
      fileEvent('FileUploaded'),
    ),
    'upload-uncounted': on
      .filelimits('Uploads do not count as used.')
      .by(instead('limits', (usual) => ({ ...usual(), 'used-upload-max-files': '0' }))),
    'upload-size-uncounted': on
      .filelimits('The size of uploads does not count as used.')
      .by(instead('limits', (usual) => ({ ...usual(), 'used-upload-max-total-size': '0' }))),
  },
  'GMS-FILE-2-DOWNLOAD': {
    'bytes-as-text': row('The bytes of a file are kept as text, so that those that are none are lost.').by(
      instead('give', (usual) => Buffer.from(usual().toString('utf8'))),
    ),
    'bytes-newlines': row('Line breaks in a file are made alike.').by(
      instead('give', (usual) => Buffer.from(usual().toString('latin1').replaceAll('\r\n', '\n'), 'latin1')),
    ),
    'bytes-base64': row('A file is given in base64.').by(
      instead('give', (usual) => Buffer.from(usual().toString('base64'))),
    ),
    'bytes-of-first': row('Every download gives the first file of the chat.').by(
      instead('give', (usual, call, chat, file) => usual(call, chat, chat.files[0] ?? file)),
    ),
    'bytes-of-name': row('A file gets the bytes of a later one of its name.').by(
      instead('give', (usual, call, chat, file) =>
        usual(call, chat, chat.files.findLast(({ name }) => name === file.name) ?? file),
      ),
    ),
    'download-once': row('A file can be had once, whatever the limits.').by((base) => {
      const had = new Set<string>();
      return {
        give(call, chat, file) {
          if (had.has(file.id)) throw new Refusal('limit', 'It was downloaded');
          had.add(file.id);
          return base.give(call, chat, file);
        },
      };
    }),
    'bytes-cut': row('A file loses its last byte.').by(instead('give', (usual) => usual().subarray(0, -1))),
  },
  'GMS-FILE-3': {
    'delete-does-nothing': row('A deleted file can still be had.').by(skip('remove', () => true)),
    'delete-all': row('A deletion takes all files of the chat.').by(
      instead('remove', (usual, call, chat) => {
        for (const file of chat.files) usual(call, chat, file);
      }),
    ),
    'delete-shows-first-file': row('The event of a deletion holds the data of the first file.').by(
      fileEvent('FileDeleted'),
    ),
    'delete-hidden': row('A deletion does not show in the transcript.').by(
      skip('append', (_call, _chat, _from, type) => type === 'FileDeleted'),
    ),
    'delete-refused': row('No file can be deleted.').by(onAnswer(() => jsonAnswer(200, { statusCode: 2 }))),
  },
  'GMS-DONE-1': {
    'end-refused': row('Disconnect ends the chat and answers statusCode 2.').by(onAnswer(set('', { statusCode: 2 }))),
    'end-says-alive': row('Disconnect answers that the chat is not over.').by(set('/chatEnded', false)),
    'silent-chat-stays-open': row('Disconnect is served and does nothing where the client has not said a word.').by(
      skip('end', ({ action }, chat) => action === 'disconnect' && !hasSpoken(chat)),
    ),
    'never-ended': on.refresh('Refresh never says that the chat is over.').by(set('/chatEnded', false)),
    'send-after-end': on.sendmessage('Send Message is served after Disconnect, as in a chat that lives.').by(
      together(
        skip('checkOpen', ({ action }) => action === 'sendmessage'),
        instead('showEnded', (usual, { action }) => (action === 'sendmessage' ? false : usual())),
      ),
    ),
  },
});

/** Texts of Send Message are stored otherwise than they were sent. */
function changed(sentence: string, change: (text: string) => string) {
  return row(sentence).by(
    instead('say', (usual, call, chat, text, messageType) => usual(call, chat, change(text), messageType)),
  );
}

/** Something else shows of one kind of typing; `show` is a line of the client. */
function typed(
  kind: 'TypingStarted' | 'TypingStopped',
  put: (show: (type: string, text: string | undefined) => void, text: string | undefined, chat: Chat) => void,
): GmsBehave {
  return instead('type', (usual, call, chat, type, text) =>
    type === kind
      ? put((shown, said) => call.behaviour.append(call, chat, chat.client, shown, { text: said }), text, chat)
      : usual(),
  );
}

/** Events of this type name the first file of the chat. */
function fileEvent(shown: string): GmsBehave {
  return instead('append', (usual, call, chat, from, type, said) => {
    const first = chat.files[0];
    if (type !== shown || first === undefined) return usual();
    usual(call, chat, from, type, { ...said, text: first.name, userData: { 'file-id': first.id } });
  });
}
