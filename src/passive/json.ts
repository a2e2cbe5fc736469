/** A JSON object, or `undefined` for anything else. */
export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The items of a JSON array; none for anything else. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in a JSON array. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return arrayOf(value)
    .map(objectOf)
    .filter((item) => item !== undefined);
}

/** The strings in a JSON array. */
export function stringsOf(value: unknown): string[] {
  return arrayOf(value).filter((item): item is string => typeof item === 'string');
}
