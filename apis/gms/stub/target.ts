/** The one service of the stub. */
export const stubService = 'customer-support';

/** The `gms` section of the target file for a stub at `url` (the host's root). */
export function gmsTarget(_seed: number, url: string) {
  return { url: `${url.replace(/\/+$/, '')}/genesys/2/chat`, serviceName: stubService };
}
