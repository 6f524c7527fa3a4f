/** What the engine and the window say in the words of an experiment, with the commands and options that do it here. */

const HERE: Readonly<Record<string, string>> = {
  'too-few-cells': '--search-cells sets them.',
  'partial-channels': 'The options are --search-partial-channels and --search-channels.',
  'bound-missing':
    'The options are --min-params, --max-params, --min-macs and --max-macs; cellsmith range tells what can be reached.',
  'no-bounds':
    'The options are --min-params, --max-params, --min-macs and --max-macs; cellsmith range tells what can be reached.',
  'baseline-unlike': 'The options are --min-params, --max-params, --min-macs and --max-macs.',
  'not-retrained': 'The command is cellsmith retrain --run DIR.',
  'network-damaged': 'The command is cellsmith retrain --run DIR.',
  'executor-unavailable': 'The option is --executor.',
};

/** @param told an error, or a warning of a run */
export function terminalHint({ code, hint }: { readonly code: string; readonly hint: string }): string {
  return Object.hasOwn(HERE, code) ? `${hint} ${HERE[code]}` : hint;
}
