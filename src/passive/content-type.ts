import type { Exchange, Finding } from '../exchange/index.js';
import { shortened } from '../rules/index.js';

/** Finds a content type other than application/json. Parameters such as charset are legal, case is free. */
export function contentTypeFindings(exchange: Exchange): Finding[] {
  const value = exchange.response.headers['content-type'];
  const type = value?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return [];
  return [
    {
      message: 'the content type is not application/json',
      expected: 'application/json',
      found: value ?? 'no Content-Type header',
    },
  ];
}

/** The violations of the response schema as findings, at most ten. */
export function schemaFindings(exchange: Exchange): Finding[] {
  if (exchange.response.json === undefined) {
    return [
      {
        message: 'the body is no JSON',
        expected: 'one JSON object',
        found: `${exchange.response.notJson ?? 'no JSON'} (HTTP ${exchange.response.status}): ${excerpt(exchange.response.text)}`,
      },
    ];
  }
  return exchange.violations.response.slice(0, 10).map((violation) => ({
    message: `the body does not fit the documented schema at ${violation.path === '' ? 'its root' : violation.path}`,
    path: violation.path,
    expected: violation.expected,
    found: violation.found,
  }));
}

/** The HTTP status of a success is 200. */
export function statusFindings(exchange: Exchange): Finding[] {
  if (exchange.response.status === 200) return [];
  return [
    {
      message: 'a success does not have HTTP status 200',
      expected: 'HTTP 200',
      found: `HTTP ${exchange.response.status}`,
    },
  ];
}

function excerpt(text: string): string {
  return text === '' ? 'an empty body' : JSON.stringify(shortened(text, 80));
}
