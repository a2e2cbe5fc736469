/** Options of `playwright test` that select no tests, with a value behind them. */
const withValue =
  /^(?:-c|--config|--global-timeout|-j|--workers|--max-failures|--output|--repeat-each|--reporter|--retries|--shard|--shard-weights|--timeout|--trace|--tsconfig|--ui-host|--ui-port|--update-source-method)$/;

/** Options that select tests, with a value behind them. */
const selecting = /^(?:-g|--grep|-gv|--grep-invert|--project|--test-list|--test-list-invert|--last-failed-file)$/;

/** Options that select tests by themselves. */
const selectingAlone = /^(?:--last-failed|--only-changed)(?:=|$)/;

/**
 * What in a command line of Playwright selects tests, as it was written: files, `-g`, `--project`, `--last-failed` and the like.
 * Empty where nothing does.
 */
export function selectionBy(argv: readonly string[]): string {
  const words = argv.slice(argv.indexOf('test') + 1);
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    const [name = ''] = word.split('=', 1);
    if (withValue.test(name)) at += word === name ? 1 : 0;
    else if (selecting.test(name)) {
      kept.push(word === name ? `${word} ${words[at + 1] ?? ''}` : word);
      at += word === name ? 1 : 0;
    } else if (selectingAlone.test(word) || !word.startsWith('-')) kept.push(word);
  }
  return kept.join(' ');
}
