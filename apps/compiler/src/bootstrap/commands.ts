import type { Material } from '#libs/contracts';
import { codeSpan, prose } from '../rules/markdown.js';
import { plain } from './markdown-text.js';

/** How something is run, as a file of the checkout tells. */
export interface KnownCommand {
  readonly command: string;
  /** What it runs or is for, as Markdown; empty where nothing says. */
  readonly does: string;
  readonly from: string;
}

const DOES_CHARS_MAX = 200;

type File = Material['files'][number];

const SCRIPT = /^(?:scripts|bin|tools|script)\/(?![^/]*(?:\.spec|\.test|_test)\.)[^/]+\.(?:sh|bash|mjs|js|ts|py|rb)$|^[^/]+\.sh$/;
const RUNNERS: Readonly<Record<string, string>> = { sh: 'sh', bash: 'bash', mjs: 'node', js: 'node', ts: 'npx tsx', py: 'python', rb: 'ruby' };
/** What is true of every project of its kind, where no script says otherwise. */
const BY_CONVENTION: readonly (readonly [file: RegExp, commands: readonly string[]])[] = [
  [/^Cargo\.toml$/, ['cargo build', 'cargo test']],
  [/^go\.mod$/, ['go build ./...', 'go test ./...']],
  [/^pom\.xml$/, ['mvn package', 'mvn test']],
  [/^build\.gradle(?:\.kts)?$/, ['./gradlew build', './gradlew test']],
  [/^(?:docker-)?compose\.ya?ml$/, ['docker compose up']],
];

/** All commands that manifests, make files and scripts of the checkout's root tell of: what is said first, then what only custom says. */
export function commandsOf({ files }: Material): KnownCommand[] {
  return [...files.flatMap((file) => [...npmScripts(file, files), ...makeTargets(file)]), ...files.flatMap(byConvention), ...files.flatMap(scriptFile)];
}

/** Names that a person looks for first. */
export function isEssential({ command }: KnownCommand): boolean {
  return /(?:^|[\s:./-])(?:install|start|dev|serve|run|build|test|tests|check|lint|format|typecheck|up|migrate|setup)$|^(?:cargo|go|mvn|docker)\b|gradlew/.test(command);
}

function npmScripts({ path, text }: File, files: readonly File[]): KnownCommand[] {
  if (path !== 'package.json') return [];
  const has = (name: string): boolean => files.some((file) => file.path === name);
  const manager = /"packageManager":\s*"(pnpm|yarn|bun)/.exec(text)?.[1] ?? (has('pnpm-workspace.yaml') ? 'pnpm' : 'npm');
  const scripts = Object.entries(jsonOf(text)['scripts'] ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return scripts.map(([name, does]) => ({ command: name === 'start' || name === 'test' ? `${manager} ${name}` : `${manager} run ${name}`, does: codeSpan(does, DOES_CHARS_MAX), from: path }));
}

/** A comment after `##` says what a target is for, by a widespread custom. */
function makeTargets({ path, text }: File): KnownCommand[] {
  const runner = /^(?:GNUm|M|m)akefile$/.test(path) ? 'make' : /^\.?justfile$/i.test(path) ? 'just' : undefined;
  if (runner === undefined) return [];
  const targets = [...text.matchAll(/^([A-Za-z][\w-]*)(?:[ \t]+[\w="'*+]+)*[ \t]*:(?!=)[^#\n]*(?:##\s*(.*))?$/gm)];
  return targets.map(([, target, does = '']) => ({ command: `${runner} ${target}`, does: prose(does, DOES_CHARS_MAX), from: path }));
}

function scriptFile({ path, text }: File): KnownCommand[] {
  if (!SCRIPT.test(path)) return [];
  const [does, ending] = [prose(leadingComment(text), DOES_CHARS_MAX), path.slice(path.lastIndexOf('.') + 1)];
  // Of modules that others import nothing is said; only shell scripts are surely meant to be run.
  return does === '' && ending !== 'sh' ? [] : [{ command: `${RUNNERS[ending] ?? 'sh'} ${path}`, does, from: path }];
}

function byConvention({ path }: File): KnownCommand[] {
  const [, commands = []] = BY_CONVENTION.find(([file]) => file.test(path)) ?? [];
  return commands.map((command) => ({ command, does: 'by convention', from: path }));
}

/** What a script says of itself before its first line of code. */
function leadingComment(text: string): string {
  const block = /^(?:#!.*\n)?\s*(?:\/\*+([^]*?)\*\/|"""([^]*?)"""|((?:(?:#|\/\/).*\n)+))/.exec(text);
  const words = (block?.[1] ?? block?.[2] ?? block?.[3] ?? '').split('\n').map((line) => line.replace(/^\s*(?:\*|#+|\/\/+)?\s?/, '')).join('\n').trim();
  return plain(words.split(/\n[ \t]*\n/)[0] ?? '');
}

/** The object in a JSON file; nothing for what is none, or was cut. */
export function jsonOf(text: string): Record<string, Record<string, unknown> | undefined> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
