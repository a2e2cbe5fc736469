/** What takes many seconds, mostly for the processes that it starts: `npm test` leaves it out, `npm run test:all` does not. */
export const long = { tag: '@long' };
