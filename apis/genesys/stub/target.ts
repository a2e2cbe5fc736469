/** The `genesys` section of the target file for a stub at `url` (the host's root). */
export function genesysTarget(_seed: number, url: string) {
  return { url: url.replace(/\/+$/, ''), tenantName: 'Environment' };
}
