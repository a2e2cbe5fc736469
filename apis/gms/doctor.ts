import type { ResolvedTarget } from '../../src/target/index.js';
import type { Way } from '../chatserver/caller.js';
import { chatDoctor } from '../chatserver/doctor.js';
import { gmsSender } from './client.js';
import { gmsDialect } from './dialect.js';
import { unseenOpening } from './front.js';
import { gmsOf } from './target.js';

/** What can be asked about the GMS section of a target. */
export const gmsDoctor = chatDoctor({
  dialect: gmsDialect,
  subject: 'gms.serviceName',
  mend: 'write the name of a chat service of this server into the target file, check gms.url, and what its form asks for (gms.form)',
  wayTo: wayToGms,
});

/** The way to the server of a target; `undefined` where it has none of this API. */
export function wayToGms(target: ResolvedTarget): Way | undefined {
  const section = gmsOf(target);
  if (section === undefined) return undefined;
  const { url, serviceName } = section;
  return { sender: (wire) => gmsSender({ url, serviceName, wire }), opening: unseenOpening(section) };
}
