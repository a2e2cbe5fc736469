import type { Exchange } from '../exchange/index.js';
import { shortened } from '../rules/index.js';
import { notServed } from '../verdict/index.js';

/** Ends a check that has nothing to judge on this server; `reason` says why, in words for people. */
export class Skip extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'Skip';
  }
}

/** Ends a check because the run was told to stop. What the check changed is still put back. */
export class Interrupted extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interrupted';
  }
}

/** A legal call that a check needs was not served. A miss of the action under test; elsewhere the check cannot go on. */
export class NotServed extends Error {
  constructor(readonly exchange: Exchange) {
    super(notServed(exchange.action, answerInWords(exchange)));
    this.name = 'NotServed';
  }
}

function answerInWords(exchange: Exchange): string {
  const { status, json, text, notJson } = exchange.response;
  const shown = json === undefined ? (notJson ?? 'no JSON') : JSON.stringify(json);
  const excerpt = shortened(shown, 160);
  return `HTTP ${status}, ${json === undefined && text !== '' ? `${excerpt}: ${JSON.stringify(shortened(text, 80))}` : excerpt}`;
}
