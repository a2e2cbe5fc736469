/**
 * Controls (line feeds and tabs may stay), invisible formatting (bidi marks among it), line separators and halves of characters:
 * a terminal would obey them, or a reader not see them.
 */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Where a CI server would take text of a log for an order to itself: `::command` of GitHub at the start of a line (and behind any
 * space, for lines are wrapped there), `##[command]` of GitHub and Azure, `##vso[` of Azure, `##teamcity[`, the sections of GitLab, the
 * groups of Buildkite and the folds of Travis CI.
 */
const orders =
  /(?<=^|\s)::|##(?=\[|vso\[|teamcity\[)|section_(?=(?:start|end):)|^(?:---|\+{3}|~~~|\^{3})(?=[ \t])|travis_(?=(?:fold|time):)/gim;

/**
 * Text that others wrote, as a terminal or the log of a CI server may show it: what cannot be seen stands as an escape such as
 * `\u001b`, and the first character of what would be an order likewise. All text of servers, recordings and files passes here.
 * Applied twice, it changes nothing more.
 */
export function visible(text: string): string {
  return text.replace(unseen, escaped).replace(orders, (order) => `${escaped(order[0] ?? '')}${order.slice(1)}`);
}

/** As JSON and JavaScript write it: in a string of JSON an escape still means the same. */
function escaped(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Whether to colour what goes to a stream, as Node.js and others read the environment: `FORCE_COLOR` asks for it, or with 0 or false
 * against it; `NO_COLOR` asks against it; else a terminal gets it.
 */
export function wantsColor({ isTTY }: { isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return !refused && isTTY === true;
}
