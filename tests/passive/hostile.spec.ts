import { examplesOf } from '../../apis/bodies.js';
import { apis } from '../../apis/index.js';
import type { Exchange } from '../../src/exchange/index.js';
import { createRedactor, toEvidence } from '../../src/secrets/index.js';
import { expect, test } from '../test.js';

/** The same value with something large in the place of each list, or of each string. */
function blown(value: unknown, large: { list?: unknown[]; text?: string }): unknown {
  if (typeof value === 'string') return large.text ?? value;
  if (Array.isArray(value)) return large.list ?? value.map((item) => blown(item, large));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, blown(member, large)]));
}

const larges = {
  'empty objects': { list: Array.from({ length: 5000 }, () => ({})) },
  'other numbers': { list: Array.from({ length: 5000 }, (_, item) => item) },
  'other strings': { list: Array.from({ length: 5000 }, (_, item) => `item ${item}`) },
  'a long string': { text: 'x'.repeat(100_000) },
  'a string of backslashes': { text: '\\'.repeat(100_000) },
};

for (const api of apis) {
  for (const [what, large] of Object.entries(larges)) {
    test(`what is said of an answer full of ${what} stays short: ${api.label}`, () => {
      for (const { action, part, body } of examplesOf(api.name)) {
        if (part !== 'response') continue;
        const json = blown(body, large);
        const text = JSON.stringify(json);
        const exchange: Exchange = {
          api: api.name,
          action,
          intent: 'call',
          actor: 'alice',
          request: { method: 'POST', url: 'http://chat.test/', headers: {}, json: {} },
          response: { status: 200, headers: { 'content-type': 'application/json' }, bytes: text.length, text, json },
          startedAt: 0,
          durationMs: 1,
          violations: { request: [], response: api.schemas.validate(action, 'response', json) },
        };
        // Twenty, and the first of each requirement that those would crowd out.
        const { response } = exchange.violations;
        const requirements = new Set(response.map(({ requirement }) => requirement));
        expect(response.length).toBeLessThanOrEqual(20 + requirements.size);
        const redactor = createRedactor(['canary-secret-1']);
        const findings = api
          .passive(exchange, { emails: [], clockToleranceMs: 1000 })
          .flatMap((observation) => observation.findings.slice(0, 20).map(redactor.finding));
        const longest = findings.reduce((most, finding) => Math.max(most, JSON.stringify(finding).length), 0);
        expect(longest, action).toBeLessThan(80_000);
        expect(JSON.stringify(toEvidence(exchange, redactor)).length, action).toBeLessThan(300_000);
      }
    });
  }
}
