import { plainText } from './text.js';

/** What a command is for, as far as its words tell. `look`: it only reads, so that its failing means little. */
export type CommandKind = 'test' | 'check' | 'build' | 'git' | 'install' | 'look' | 'minor' | 'run';

export interface CommandLine {
  kind: CommandKind;
  /** As a person would write it down: one line, without the change of folder and the trimming of output around it. */
  text: string;
  /** Equal for two runs of the same thing; longer than the text where that leaves something out. */
  key: string;
  /** The program and its subcommands, without options and operands: `depot session start`. */
  stem: string;
}

const SHELL_WRAPPER = /^(?:\S*\/)?(?:bash|sh|zsh|pwsh|powershell(?:\.exe)?|cmd)\s+(?:-\w+|\/c)\s+(['"])([\s\S]*)\1\s*$/i;
const FOLDER_CHANGE = /^(?:(?:cd|pushd|Set-Location)\s+(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s;&]+)\s*(?:&&|;|\n)\s*)+/;
const SETTINGS = /^(?:(?:env\s+)?[A-Z_][A-Z0-9_]*=(?:"[^"]*"|'[^']*'|\S*)\s+)+(?=\S)/;
const OUTPUT_TRIMMING = /(?:\s*(?:2>&1|2>\/dev\/null|\|\s*(?:head|tail|cat|less|tee|Select-Object)(?:\s+-\S+|\s+\d+)*))+\s*$/;
const HEREDOC = /<<-?\s*['"]?\w+['"]?[\s\S]*$/;

const COMMIT_SCRIPT = /(\bgit\b[^|;&\n]*\bcommit\b[^"]*-m )"\$\(cat <<-?\s*['"]?(?:\w+)['"]?\n\s*([^\n]*)[\s\S]*?\n\s*\w+\s*\n?\s*\)"/;
const COMMIT_REST = /(\bgit\b[^|;&\n]*\bcommit\b[^"']*-m (?:"[^"\n]*|'[^'\n]*)["']?)(?:\n[^"']*["']|(?: -m (?:"[^"]*"|'[^']*'))+)/;
const STAGING = /^git add [^&|;\n]+&&\s*(?=git commit\b)/;
const LINES_MAX = 3;

const LOOKING = new RegExp(`^(?:${[
  'ls|ll|cat|bat|head|tail|less|more|grep|egrep|rg|ag|find|fd|awk|wc|pwd|echo|printf|which|where|type|command -v|stat|file|tree|test|\\[|diff|cmp|jq|yq|env|printenv|ps|du|df|date|whoami|uname|true|false|sleep|sort|uniq|cut|tr|xxd|hexdump|strings|nl|realpath|readlink|basename|dirname|lsof|ss|netstat',
  'sed -n|curl -s?I|dir|Get-Content|Get-ChildItem|Select-String|Get-Location|Test-Path|node -v|\\S+ --?(?:version|help)',
  'git (?:-C \\S+ |--no-pager )*(?:status|log|show|diff|branch(?! -[dDmM])|remote(?! (?:add|set|remove))|rev-parse|rev-list|blame|ls-files|ls-remote|ls-tree|stash list|config --get|describe|reflog|shortlog|fetch|merge-base|cat-file)',
  'gh (?:pr|issue|run|repo) (?:view|list|status|checks|diff)|kubectl (?:get|describe|logs)|docker (?:ps|images|logs|inspect)',
].join('|')})(?=\\s|$)`, 'i');
const MINOR = /^(?:cd|pushd|popd|mkdir|touch|chmod|export|source|\.|set|unset|alias|clear|kill|wait|git add|git stash|git config|cp|ln|open|exit|git (?:checkout|restore) (?:--ours|--theirs|--staged))(?=\s|$)/;
const TEST = /(?:^|[\s/])(?:vitest|jest|mocha|ava|tap|pytest|py\.test|tox|nox|rspec|phpunit|pest|ctest|gotestsum|nextest|unittest|karma)(?=\s|$)|playwright test|cypress run|node (?:\S+ )*--test|\b(?:npm|pnpm|yarn|bun|bunx|npx|deno|cargo|go|dotnet|mix|mvn|mvnw|gradle|gradlew|make|swift|zig|bazel|rake|flutter|sbt|composer|nx|turbo|just|task|rails)\b[^|;&]*?\s(?:run )?(?:[\w:-]*[:-])?tests?(?=[\s:]|$)|(?:^|\s|\/)(?:run[-_]?)?tests?\.(?:sh|py|js|ps1)(?=\s|$)/i;
const CHECK = /\b(?:eslint|oxlint|tslint|biome|tsc|mypy|pyright|ruff|flake8|pylint|black|clippy|golangci-lint|rubocop|shellcheck|stylelint|prettier|phpstan|ktlint|lint(?::\w+)?|type-?check)\b|\b(?:cargo|deno|svelte-check|vue-tsc)\s+check\b|\bgo vet\b/i;
const BUILD = /\b(?:build|compile|webpack|rollup|esbuild|tsup|make|cmake|ninja|msbuild|xcodebuild|javac|gcc|g\+\+|clang)\b|\bmvn\b.*\bpackage\b/i;
const INSTALL = /\b(?:npm|pnpm|yarn|bun|pip3?|uv|poetry|cargo|gem|bundle|composer|brew|apt(?:-get)?|apk|dnf|go|mix)\s+(?:-\S+\s+)*(?:i|ci|install|add|get|sync|update|upgrade)(?=\s|$)/;

function unwrapped(raw: string): string {
  const text = plainText(raw).trim();
  const inner = SHELL_WRAPPER.exec(text)?.[2];
  return (inner ?? text).trim();
}

function trimmed(text: string): string {
  const bare = text.replace(FOLDER_CHANGE, '').replace(SETTINGS, '').replace(/\s+$/, '').replace(OUTPUT_TRIMMING, '');
  return bare === '' ? text : bare;
}

function segmentsOf(text: string): string[] {
  const bare = text.replace(HEREDOC, '').replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
  return bare.split(/&&|\|\||[;|\n]/).map((segment) => segment.trim().replace(SETTINGS, '')).filter((segment) => segment !== '' && !segment.startsWith('#'));
}

function kindOf(text: string): CommandKind {
  const segments = segmentsOf(text);
  if (segments.every((segment) => LOOKING.test(segment))) return 'look';
  const acting = segments.filter((segment) => !LOOKING.test(segment) && !MINOR.test(segment));
  if (acting.length === 0) return 'minor';
  if (acting.some((segment) => TEST.test(segment))) return 'test';
  if (acting.some((segment) => /^git\s/.test(segment))) return 'git';
  if (acting.some((segment) => INSTALL.test(segment))) return 'install';
  if (acting.some((segment) => CHECK.test(segment))) return 'check';
  return acting.some((segment) => BUILD.test(segment)) ? 'build' : 'run';
}

const SUBCOMMANDS_MAX = 2;
const SCRIPT = /^[\w./-]+\.\w+$/;

/** The words up to the first option or operand. A script that a program runs is part of the program. */
function stemOf(text: string): string {
  const words = (segmentsOf(text)[0] ?? text).split(/\s+/);
  const script = words.findIndex((word, index) => index > 0 && index < 3 && SCRIPT.test(word));
  const program = words.slice(0, Math.max(script, 0) + 1);
  const rest = words.slice(program.length);
  const operand = rest.findIndex((word) => !/^[a-z][a-z:-]*$/.test(word));
  return [...program, ...(operand === -1 ? rest : rest.slice(0, operand)).slice(0, SUBCOMMANDS_MAX)].join(' ');
}

export function readCommand(raw: string): CommandLine {
  const key = trimmed(unwrapped(raw)).replace(/[ \t]*\\\n[ \t]*/g, ' ');
  return { kind: kindOf(key), key, text: textOf(key), stem: stemOf(key) };
}

/** One line of it: a script inside is left out, and of a commit's message all but its first line. */
function textOf(key: string): string {
  const commit = key.replace(STAGING, '').replace(COMMIT_SCRIPT, '$1"$2"').replace(COMMIT_REST, '$1');
  const lines = commit.replace(HEREDOC, '<<…').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return lines.length > LINES_MAX ? `${lines.slice(0, LINES_MAX).join('; ')}; …` : lines.join('; ');
}
