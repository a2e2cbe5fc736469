/**
 * A second look at a connection that broke before any answer came. The HTTP client does not show why a peer ended TLS, and the
 * alert that demands a client certificate comes only after the handshake of TLS 1.3.
 */
import { isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { Connection } from '../exchange/connection.js';
import type { Look } from './no-connection.js';
import { openSocket } from './open-socket.js';
import { secureContextOf } from './tls.js';

/**
 * Shakes hands once more and asks for the headers of the root, without a credential of the API. Ends when the peer has said
 * something, ended the connection, or been silent for `timeoutMs`. Never rejects.
 */
export async function lookAgain(url: URL, connection: Connection, timeoutMs: number): Promise<Look> {
  const look: Look = { asksForCertificate: false, speaksTls: false, endedAfterHandshake: false };
  const socket = await openSocket(url, connection, timeoutMs).catch(() => undefined);
  if (socket === undefined) return look;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const watched = watching(socket, () => {
    look.asksForCertificate = true;
  });
  const secure = tlsConnect({
    socket: watched,
    ALPNProtocols: ['http/1.1'],
    host: hostname,
    servername: connection.tls?.serverName ?? (isIP(hostname) === 0 ? hostname : ''),
    secureContext: secureContextOf(connection.tls),
    // Where plain HTTP was asked for, whether TLS is spoken is all that counts.
    rejectUnauthorized: url.protocol === 'https:',
  });
  await ended(secure, url, timeoutMs, look);
  secure.destroy();
  socket.destroy();
  return look;
}

function ended(secure: TLSSocket, url: URL, timeoutMs: number, look: Look): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    secure.once('secureConnect', () => {
      look.speaksTls = true;
      if (url.protocol === 'https:') secure.write(`HEAD / HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`);
      else end();
    });
    let isAnswered = false;
    secure.once('data', () => {
      isAnswered = true;
      end();
    });
    secure.once('error', (error: NodeJS.ErrnoException) => {
      look.code = error.code;
      look.speaksTls ||= /_ALERT_/.test(error.code ?? '');
      end();
    });
    secure.once('close', () => {
      look.endedAfterHandshake = look.speaksTls && !isAnswered;
      end();
    });
  });
}

const HANDSHAKE = 22;
const CERTIFICATE_REQUEST = 13;

/** The connection as TLS uses it; tells when the peer asks for a certificate in the open, as it does up to TLS 1.2 (RFC 5246, 7.4.4). */
function watching(socket: Socket, asked: () => void): Duplex {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    // The handshake is short; what comes after it is no business of this.
    if (bytes.length < 64 * 1024) {
      bytes = Buffer.concat([bytes, chunk]);
      if (messagesIn(bytes).includes(CERTIFICATE_REQUEST)) asked();
    }
    if (!watched.push(chunk)) socket.pause();
  });
  socket.once('end', () => watched.push(null));
  socket.once('close', () => watched.destroy());
  socket.on('error', (error) => watched.destroy(error));
  const watched = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
  });
  return watched;
}

/** The types of the whole handshake messages that a peer has sent, up to the first record that is none. */
function messagesIn(bytes: Buffer): number[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === HANDSHAKE; at += 5 + bytes.readUInt16BE(at + 3))
    parts.push(bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3)));
  const handshake = Buffer.concat(parts);
  const types: number[] = [];
  for (let at = 0; at + 4 <= handshake.length; at += 4 + handshake.readUIntBE(at + 1, 3))
    types.push(handshake[at] ?? 0);
  return types;
}
