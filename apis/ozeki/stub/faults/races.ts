import type { Call, OzekiState } from '../call.js';
import type { Flags, Message, Queue, Report } from '../model.js';
import { combinedOf, type OzekiBehave, on, row } from '../rows.js';

/** What a call has read before its body came: whatever is written back from it is as old. */
interface Taken {
  /** By conversation id. */
  flags: Map<string, Map<string, Flags>>;
  messages: Map<string, Message[]>;
  reports: Map<string, Report[]>;
  /** By station. */
  queues: Map<string, Queue>;
}

/** Faults that only calls at the same time show: what one has written is lost to what the other has read before. */
export const raceFaults = combinedOf({
  'OZ-FLAG-2-MUTE': {
    'race-flags-of-users': row('Of flags that two users set at the same time, one is lost.').by(
      taking((base) => ({
        setFlags(call, conversation, user, change) {
          const old = takenBy(call).flags.get(conversation.id) ?? new Map<string, Flags>();
          base.setFlags(call, conversation, user, change);
          const own = conversation.flags.get(user.id);
          conversation.flags = new Map(old);
          if (own !== undefined) conversation.flags.set(user.id, own);
        },
      })),
    ),
  },
  'OZ-ADD-3': {
    'race-adds': row('Of messages that two users add at the same time, one is lost.').by(
      taking((base) => ({
        store(call, conversation, sender, upload) {
          conversation.messages = [...(takenBy(call).messages.get(conversation.id) ?? [])];
          return base.store(call, conversation, sender, upload);
        },
      })),
    ),
    'race-add-of-viewer': on.viewed('A message that the other adds while messages are reported as viewed is lost.').by(
      taking((base) => ({
        markViewed(call, conversation, viewer, ids) {
          base.markViewed(call, conversation, viewer, ids);
          conversation.messages = [...(takenBy(call).messages.get(conversation.id) ?? [])];
        },
      })),
    ),
  },
  'OZ-CLEAR-1': {
    'race-add-undoes-clear': on.add('An Add at the same time as a Clear brings the cleared messages back.').by(
      taking((base) => ({
        store(call, conversation, sender, upload) {
          const old = takenBy(call).messages.get(conversation.id) ?? [];
          if (conversation.messages.length === 0 && old.length > 0) conversation.messages = [...old];
          return base.store(call, conversation, sender, upload);
        },
      })),
    ),
  },
  'OZ-NOTIF-2': {
    'race-fetch-loses-news': on.notification('What comes while notifications are fetched is told to nobody.').by(
      taking((base) => ({
        fetchQueue(call, station) {
          base.fetchQueue(call, station);
          return takenBy(call).queues.get(station) ?? base.fetchQueue(call, station);
        },
      })),
    ),
  },
  'OZ-REPORT-2': {
    'race-reports': on.viewed('Of reports that come at the same time, those of one user are lost.').by(
      taking((base) => ({
        markViewed(call, conversation, viewer, ids) {
          conversation.reports = [...(takenBy(call).reports.get(conversation.id) ?? [])];
          base.markViewed(call, conversation, viewer, ids);
        },
      })),
    ),
  },
});

/** What a call writes back is as old as its arrival. */
export function taking(behave: OzekiBehave): OzekiBehave {
  return (base) => ({ onArrival: snapshot, ...behave(base) });
}

function snapshot({ conversations, sessions }: OzekiState): Taken {
  const of = <V>(value: (id: string) => V) => new Map([...conversations.keys()].map((id) => [id, value(id)]));
  return {
    flags: of((id) => new Map(conversations.get(id)?.flags)),
    messages: of((id) => [...(conversations.get(id)?.messages ?? [])]),
    reports: of((id) => [...(conversations.get(id)?.reports ?? [])]),
    queues: new Map([...sessions].map(([station, { queue }]) => [station, structuredClone(queue)])),
  };
}

export function takenBy({ taken }: Call): Taken {
  return taken as Taken;
}
