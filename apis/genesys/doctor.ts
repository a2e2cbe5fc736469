import { chatDoctor } from '../chatserver/doctor.js';
import { genesysSender } from './client.js';
import { genesysDialect } from './dialect.js';
import { openingOf } from './front.js';
import { genesysOf } from './target.js';

/** What can be asked about the Genesys section of a target. */
export const genesysDoctor = chatDoctor({
  dialect: genesysDialect,
  subject: 'genesys.tenantName',
  mend: 'write the name of a tenant of this server into the target file, and check genesys.url',
  wayTo(target) {
    const section = genesysOf(target);
    return section && { sender: (wire) => genesysSender({ url: section.url, wire }), opening: openingOf(section) };
  },
});
