import type { ApiName } from '../../src/exchange/index.js';
import type { Requirement, Topic } from '../../src/requirements/types.js';
import {
  buildVerdict,
  type Evidence,
  type FindingRecord,
  type Judgement,
  type Part,
  type Verdict,
  type VerdictInput,
  type Waiver,
} from '../../src/verdict/index.js';

const prefix: Record<ApiName, string> = { ozeki: 'OZ', genesys: 'GE', relation: 'RE' };

/** A requirement; `id` such as `OZ-CLEAR-1` names it. */
export function requirement(id: string, members: Partial<Requirement> = {}): Requirement {
  const api = (Object.keys(prefix) as ApiName[]).find((name) => id.startsWith(prefix[name] ?? '-')) ?? 'ozeki';
  const ref = id.replace(/^(OZ|GE|RE)-/, '').replace(/-SHOULD$/, '');
  return {
    id,
    ref,
    api,
    action: ref.toLowerCase().replace(/-\d+$/, ''),
    topic: 'state',
    level: id.endsWith('-SHOULD') ? 'SHOULD' : 'MUST',
    needs: 'write',
    title: `The sentence of ${ref}`,
    source: { page: `Page of ${ref}`, basis: 'stated' },
    ...members,
  };
}

/** A judgement that its check met the requirement, unless `members` say otherwise. */
export function judgement(id: string, members: Partial<Judgement> = {}): Judgement {
  return {
    requirement: id,
    outcome: 'met',
    findings: [],
    evidence: [],
    steps: ['Alice asks', 'Bob looks'],
    observed: {},
    requests: 2,
    startedAt: 1_764_000_000_000,
    durationMs: 40,
    ...members,
  };
}

export function finding(message: string, members: Partial<FindingRecord> = {}): FindingRecord {
  return { message, ...members };
}

export function evidence(members: Partial<Evidence> = {}): Evidence {
  return {
    action: 'clear',
    actor: 'alice',
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:4010/ozeki/index.php?srv=chatserver&api=chatconversation',
      headers: {
        'Content-Type': 'application/json',
        'Ozeki-User': '6384e2b2184bcbf58eccf10ca7a6563c',
        'Ozeki-Signature': '***',
      },
      body: {
        action: 'clear',
        conversationid: '8ca16186c36a4e0a1ef2096e6c60b613',
        clientversioncode: 3,
        timestamp: '2026-11-21 22:00:00',
      },
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        status: 'OK',
        errormessage: '',
        conversation: { id: '8ca16186c36a4e0a1ef2096e6c60b613', lastmessageid: 'fc2515cb-e483-4f64-936b-98f680565c96' },
      },
    },
    durationMs: 12,
    curl: `curl -sS -X POST 'http://127.0.0.1:4010/ozeki/index.php?srv=chatserver&api=chatconversation' -H 'Content-Type: application/json' -H "Ozeki-Signature: $OZEKI_SIGNATURE" --data '{"action":"clear"}'`,
    ...members,
  };
}

/** A judgement of a miss with one finding and its evidence. */
export function miss(id: string, message: string, members: Partial<Judgement> = {}): Judgement {
  return judgement(id, {
    outcome: 'missed',
    reason: message,
    findings: [
      finding(message, {
        path: '/conversation/lastmessageid',
        expected: '""',
        found: '"fc2515cb-e483-4f64-936b-98f680565c96"',
      }),
    ],
    evidence: [evidence()],
    ...members,
  });
}

/** A verdict over `catalogue`, all of whose APIs are in scope. */
export function verdictOf(
  catalogue: Requirement[],
  judgements: Judgement[],
  members: Partial<VerdictInput> = {},
): Verdict {
  return buildVerdict({
    target: { name: 'staging', allow: 'destroy', urls: { ozeki: 'http://127.0.0.1:4010/ozeki/index.php' }, seed: 7 },
    apis: [...new Set(catalogue.map(({ api }) => api))],
    strict: false,
    catalogue,
    judgements,
    startedAt: Date.parse('2026-11-21T22:00:00.000Z'),
    durationMs: 4210,
    requests: judgements.reduce((sum, { requests }) => sum + requests, 0),
    ...members,
  });
}

const topics: Topic[] = ['shape', 'paging', 'time', 'ids', 'access', 'state', 'robustness'];
const actions: Record<ApiName, string[]> = {
  ozeki: ['*', 'login', 'list', 'downloadpartial', 'add', 'clear', 'favorite', 'mute', 'hide', 'blocklist'],
  genesys: ['*', 'requestchat', 'getmessages', 'sendmessage', 'complete'],
  relation: ['*', 'list', 'send', 'read', 'hide', 'unreadcount'],
};

/** `size` requirements spread over APIs, actions, topics and levels. */
export function catalogueOf(size: number): Requirement[] {
  const apis = Object.keys(prefix) as ApiName[];
  return Array.from({ length: size }, (_, index) => {
    const api = apis[index % 3] ?? 'ozeki';
    const names = actions[api] ?? ['*'];
    const should = index % 5 === 4;
    return requirement(`${prefix[api]}-R-${index}${should ? '-SHOULD' : ''}`, {
      api,
      action: names[Math.floor(index / 3) % names.length] ?? '*',
      topic: topics[index % topics.length] ?? 'shape',
      title: `Requirement number ${index} is kept whatever else the server is asked to do`,
    });
  }).sort((a, b) => apis.indexOf(a.api) - apis.indexOf(b.api));
}

/** A verdict of `size` requirements of which the first `misses` are missed, each with evidence of its own. */
export function verdictWithMisses(size: number, misses: number, bodyBytes = 300): Verdict {
  const catalogue = catalogueOf(size);
  const judgements = catalogue.map(({ id, action }, index) =>
    index < misses
      ? miss(id, `message ${index} was lost on page ${index % 7}`, {
          steps: ['Alice adds 7 messages', 'Bob walks back with limit 3'],
          // Each at a place of its own, so that none follows from another.
          findings: [
            finding(`message ${index} was lost on page ${index % 7}`, { path: `/place${index}`, found: '"x"' }),
          ],
          evidence: [1, 2, 3].map((n) =>
            evidence({
              action,
              actor: n === 1 ? 'alice' : 'bob',
              response: {
                status: 200,
                headers: { 'content-type': 'application/json' },
                body: { status: 'OK', which: `${index}-${n}`, filler: 'x'.repeat(bodyBytes) },
              },
            }),
          ),
        })
      : judgement(id),
  );
  return verdictOf(catalogue, judgements);
}

/** Requirements with real sentences, one for each thing that a report must be able to show. */
export const sampleCatalogue: Requirement[] = [
  requirement('OZ-COM-1', {
    action: '*',
    topic: 'shape',
    needs: 'read',
    title: 'Every response says Content-Type: application/json',
  }),
  requirement('OZ-COM-4-SHOULD', {
    action: '*',
    topic: 'shape',
    needs: 'read',
    title: 'errormessage is empty beside "OK"',
    source: { page: 'Introduction', basis: 'example' },
  }),
  requirement('OZ-COM-10', {
    action: '*',
    topic: 'access',
    needs: 'read',
    title: 'A wrong signature gets no "OK" and no data',
  }),
  requirement('OZ-LOGIN-1', {
    topic: 'shape',
    needs: 'read',
    title: 'Login answers all documented members, typed as shown',
  }),
  requirement('OZ-PAGE-5', {
    action: 'downloadpartial',
    topic: 'paging',
    title: 'Walking back to the start gives every message exactly once and ends',
    source: { page: 'Conversation / Partial download', basis: 'stated' },
  }),
  requirement('OZ-CLEAR-1', {
    needs: 'destroy',
    title: 'After Clear no participant can download any message of the conversation',
    source: {
      page: 'Conversation / Clear',
      basis: 'stated',
      rulings: [{ id: 'ozeki-reports-after-clear', held: 'The reports themselves are not checked.' }],
    },
  }),
  requirement('OZ-CLEAR-2', {
    needs: 'destroy',
    topic: 'shape',
    title: "Clear's answer names no last message and no last report",
  }),
  requirement('OZ-AVAIL-1', {
    action: 'useravailable',
    title: 'After useravailable the friends of the user see available in Friends / List',
  }),
  requirement('OZ-NOTIF-2', {
    action: 'notification',
    title: 'A new message puts the conversation into conversationchangedof',
  }),
  requirement('OZ-WORK-1', {
    action: 'workspaceregister',
    needs: 'destroy',
    title: 'Workspace registration answers the plain envelope',
  }),
  requirement('GE-GET-1', {
    action: 'getmessages',
    topic: 'robustness',
    title: 'GetMessages answers while nothing is new',
  }),
  requirement('GE-SEND-1', { action: 'sendmessage', topic: 'time', title: 'utcTime is in epoch milliseconds' }),
];

/** What checks of the sample catalogue found: one of each kind of outcome. */
export const sampleJudgements: Judgement[] = [
  judgement('OZ-COM-1'),
  judgement('OZ-LOGIN-1', {
    observed: {
      'OZ-COM-1': { judged: 40, missed: 0, findings: [], evidence: [] },
      'OZ-COM-4-SHOULD': {
        judged: 9,
        missed: 2,
        findings: [
          finding('errormessage is not empty beside "OK"', {
            path: '/errormessage',
            expected: '""',
            found: '"File does not exist"',
          }),
        ],
        evidence: [evidence({ action: 'list', actor: 'bob' })],
      },
    },
  }),
  miss('OZ-PAGE-5', 'message m3 was lost between page 2 and page 3', {
    steps: ['Alice adds 7 messages', 'Bob walks back with limit 3', 'Bob has met 6 of 7 messages'],
    findings: [
      finding('message m3 was lost between page 2 and page 3', {
        expected: 'm7 m6 m5 m4 m3 m2 m1',
        found: 'm7 m6 m5 m4 m2 m1',
        pages: [
          { page: 1, cursor: '2026-11-21 22:03:00', items: ['m7', 'm6', 'm5'] },
          { page: 2, cursor: '2026-11-21 21:59:55 m5', items: ['m5', 'm4'], marks: { m5: 'again, the boundary' } },
          { page: 3, cursor: '2026-11-21 21:59:54 m4', items: ['m2', 'm1'], marks: { m3: 'lost before this page' } },
        ],
      }),
    ],
    evidence: [1, 2, 3].map((n) =>
      evidence({
        action: 'downloadpartial',
        actor: 'bob',
        durationMs: 9 + n,
        response: {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: { page: n, messages: Array(n).fill({ ID: 'fc2515cb' }) },
        },
      }),
    ),
  }),
  miss('OZ-CLEAR-1', 'after clear, downloadpartial still returned 3 messages', {
    steps: ['Alice adds 3 messages', 'Alice clears the conversation', 'Bob downloads the first page'],
    findings: [
      finding('after clear, downloadpartial still returned 3 messages', {
        path: '/messages',
        expected: '[]',
        found: 'an array of 3',
      }),
    ],
    intermittent: true,
  }),
  miss('OZ-CLEAR-2', 'lastmessageid is not empty after clear'),
  judgement('OZ-AVAIL-1'),
  judgement('OZ-NOTIF-2', {
    outcome: 'error',
    cause: 'environment',
    reason: 'the gateway answered 503 three times',
    evidence: [
      evidence({
        action: 'notification',
        response: { status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>503 Service Unavailable</h1>' },
      }),
    ],
  }),
  judgement('OZ-WORK-1', { outcome: 'skipped', reason: 'needs destroy, the target allows write' }),
  judgement('GE-GET-1', {
    outcome: 'error',
    cause: 'server',
    reason: 'no end of the answer within 10000 ms',
    evidence: [
      evidence({
        action: 'getmessages',
        response: null,
        note: 'no end of the answer within 10000 ms',
        durationMs: 10_000,
      }),
    ],
  }),
  judgement('GE-SEND-1'),
];

/** A waiver of `id` that holds until the end of 2026, unless `members` say otherwise. */
export function waiver(id: string, members: Partial<Waiver> = {}): Waiver {
  return {
    requirement: id,
    reason: 'known since the last release',
    ticket: 'CHAT-12',
    owner: 'carol',
    expires: '2026-12-31',
    ...members,
  };
}

/** A verdict that shows every status, a waiver and a stale one. */
export function sampleVerdict(members: Partial<VerdictInput> = {}): Verdict {
  return verdictOf(sampleCatalogue, sampleJudgements, {
    waivers: [waiver('OZ-CLEAR-2'), waiver('OZ-AVAIL-1', { ticket: 'CHAT-9' })],
    ...members,
  });
}

/** The verdicts as the shards of one run, by the names that a merge tells them by. */
export function shardsOf(...verdicts: Verdict[]): Part[] {
  const total = verdicts.length;
  return verdicts.map((verdict, index) => ({
    name: `shard-${index + 1}`,
    verdict: { ...verdict, shard: { current: index + 1, total } },
  }));
}
