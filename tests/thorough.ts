/** Whether these are the thorough tests, `npm run test:release`: every case of a table rather than those that stand for all. */
export const thorough = process.env.CHAT_CONFORMANCE_THOROUGH !== undefined;
