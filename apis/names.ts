/**
 * The names of the APIs that come along, in the order of the documentation. Apart from the APIs, for help and completion show them
 * without loading one.
 */
export const apiNames = ['ozeki', 'genesys', 'relation', 'gms'] as const;
