/** What stands before a server, and is not it. */
export { type Page, pageOf } from './page.js';
export { speechOf } from './speech.js';
export { type Sample, type Speech, watchGateways } from './watch.js';
