/** Whether a value is a moment in whole epoch milliseconds of thirteen digits (2001 to 2286). */
export function isEpochMs(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && /^\d{13}$/.test(String(value));
}
