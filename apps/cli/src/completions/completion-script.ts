import type { Words } from './words.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, (words: readonly Words[]) => string>> = { bash, zsh, fish };

/** What the shell has to read. Completes commands, options and fixed values; files where none of these fits. */
export function completionScript(shell: Shell, words: readonly Words[]): string {
  return SCRIPTS[shell](words);
}

function wordList({ commands, options, values }: Words): string {
  return [...commands, ...options].map(({ word }) => word).concat(values).join(' ');
}

/** The case that fits best stands first; `$path` is the words before the cursor that are no options. */
function cases(words: readonly Words[], line: (words: Words) => string): string {
  const byLength = words.toSorted((a, b) => b.path.length - a.path.length);
  return byLength.map((each) => `    '${each.path.join(' ')}'${each.path.length > 0 ? `|'${each.path.join(' ')} '*` : '|*'}) ${line(each)} ;;`).join('\n');
}

/** Behind an option that takes one of a few values, these; else what may follow the command. */
function assign(each: Words, to: (list: string) => string): string {
  const valued = each.options.filter(({ values }) => values.length > 0);
  if (valued.length === 0) return to(wordList(each));
  const arms = valued.map(({ word, values }) => `${word}) ${to(values.join(' '))} ;;`).join(' ');
  return `case $previous in ${arms} *) ${to(wordList(each))} ;; esac`;
}

function bash(words: readonly Words[]): string {
  return `_ai_memory() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path= word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case $path in
${cases(words, (each) => assign(each, (list) => `words='${list}'`))}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _ai_memory ai-memory
`;
}

function zsh(words: readonly Words[]): string {
  return `#compdef ai-memory
_ai_memory() {
  local word memory_path= candidates previous=\${words[CURRENT-1]}
  for word in \${words[2,CURRENT-1]}; do
    case $word in -*) ;; *) memory_path="\${memory_path:+$memory_path }$word" ;; esac
  done
  case $memory_path in
${cases(words, (each) => assign(each, (list) => `candidates=(${list})`))}
  esac
  compadd -- $candidates || _files
}
compdef _ai_memory ai-memory
`;
}

function fish(words: readonly Words[]): string {
  const names = words.flatMap(({ path }) => (path.length === 1 ? path : []));
  const lines = words.flatMap(({ path, commands, options, values }) => {
    const condition = path.length === 0 ? `not __fish_seen_subcommand_from ${names.join(' ')}` : path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    const own = [...commands.map(({ word, description }) => `-f -a ${word} -d ${quoted(description)}`), ...values.map((value) => `-f -a ${value}`)];
    return [...own, ...options.map(({ word, description, values: few }) => `-l ${word.slice(2)}${few.length > 0 ? ` -x -a '${few.join(' ')}'` : ''} -d ${quoted(description)}`)].map((rest) => `complete -c ai-memory -n '${condition}' ${rest}`);
  });
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
