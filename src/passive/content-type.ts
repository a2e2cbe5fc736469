import type { Exchange, Finding } from '../exchange/index.js';

/**
 * Finds a content type other than application/json. Parameters such as charset are legal, case is free, and who repeats the line says the
 * same: gateways do.
 */
export function contentTypeFindings(exchange: Exchange): Finding[] {
  const value = exchange.response.headers['content-type'];
  const type = value?.split(';')[0]?.trim() ?? '';
  if (/^application\/json(?:\s*,\s*application\/json)*$/i.test(type)) return [];
  return [
    {
      message: 'the content type is not application/json',
      expected: 'application/json',
      found: value ?? 'no Content-Type header',
    },
  ];
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
