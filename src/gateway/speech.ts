import type { Wire } from '../client/send.js';
import { apiDoctors } from '../doctor/apis.js';
import type { Api } from '../exchange/index.js';
import type { ResolvedTarget } from '../target/index.js';
import { needsAuthorization } from '../target/index.js';
import type { Transport } from '../transport/index.js';
import type { Speech } from './watch.js';

/** How the APIs of a target are told from what stands before them; samples are sent by `transport`. */
export function speechOf(target: ResolvedTarget, transport: Transport): (api: Api) => Speech {
  const wire: Wire = {
    transport: { send: (request, about) => transport.send(request, { ...about, requirement: 'gateway' }) },
    record: () => {},
    recordFailure: () => {},
    guard: () => {},
  };
  return (api) => {
    const doctor = apiDoctors.find((candidate) => candidate.api === api);
    if (doctor === undefined) throw new Error(`nothing is known of ${api}`);
    return {
      isOwn: doctor.isOwn,
      samples: doctor.samples(target, wire),
      asked: {
        member: `${api}.url`,
        base: target[api]?.url ?? '',
        needsAuthorization: needsAuthorization(api),
      },
    };
  };
}
