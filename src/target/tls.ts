import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Target } from '../../types/target.js';
import { fileProblem } from '../errors.js';
import type { TlsSettings } from '../exchange/connection.js';
import { memberOf, type Problem } from './section.js';
import { joinPath } from './substitute.js';

type TlsMembers = NonNullable<Target['tls']>;

/** The settings with the files read; throws where one cannot be. */
export function readTls({ ca, cert, key, passphrase, serverName }: TlsMembers, folder: string): TlsSettings {
  const read = (file: string | undefined) => file && readFileSync(resolve(folder, file), 'utf8');
  return { ca: read(ca), cert: read(cert), key: read(key), passphrase, serverName };
}

/** What is wrong with the files of `tls`, which stands at `path`; quotes nothing of them. Reads unchecked data. */
export function checkTls(tls: unknown, { path, folder }: { path: string; folder: string }): Problem[] {
  const problems: Problem[] = [];
  const tell = (name: string, problem: string) => problems.push({ path: joinPath(path, name), problem });
  /** What `parse` makes of the file that a member names; `undefined` where there is none, or where that was told. */
  const use = <T>(name: 'ca' | 'cert' | 'key', parse: (text: string) => T): T | undefined => {
    const file = memberOf(tls, name);
    if (typeof file !== 'string' || file === '') return undefined;
    let text: string;
    try {
      text = readFileSync(resolve(folder, file), 'utf8');
    } catch (error) {
      const mend = 'name a file that can be read, relative to the folder of the target file';
      tell(name, `${resolve(folder, file)} cannot be read, ${fileProblem(error)}: ${mend}`);
      return undefined;
    }
    try {
      return parse(text);
    } catch (error) {
      tell(name, `${resolve(folder, file)} ${(error as Error).message}`);
      return undefined;
    }
  };
  use('ca', certificatesIn);
  const certificate = use('cert', certificatesIn)?.[0];
  const passphrase = memberOf(tls, 'passphrase');
  const key = use('key', (text) => keyIn(text, typeof passphrase === 'string' ? passphrase : undefined));
  if (certificate !== undefined && key !== undefined && !certificate.checkPrivateKey(key)) {
    tell(
      'key',
      `this is not the key of the certificate in ${joinPath(path, 'cert')}: name the two that belong together`,
    );
  }
  return problems;
}

/** The certificates of a PEM text; throws in words where there is none, or one is damaged. */
function certificatesIn(text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/g);
  if (blocks === null) throw new Error('holds no certificate in PEM: name a file with -----BEGIN CERTIFICATE-----');
  return blocks.map((block) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new Error('holds a certificate that is damaged: write the file anew');
    }
  });
}

/** The private key of a PEM text; throws in words where there is none, or it cannot be opened. */
function keyIn(text: string, passphrase: string | undefined): KeyObject {
  if (!/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/.test(text)) {
    throw new Error('holds no private key in PEM: name a file with -----BEGIN PRIVATE KEY-----');
  }
  const isEncrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (isEncrypted && passphrase === undefined) throw new Error('is encrypted: write its passphrase beside it');
  try {
    return createPrivateKey({ key: text, format: 'pem', passphrase });
  } catch {
    throw new Error(
      isEncrypted
        ? 'is not opened by the passphrase: mend tls.passphrase'
        : 'holds a private key that is damaged: write the file anew',
    );
  }
}
