import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SPECIFIER = /(?:\bfrom|^\s*import|\bimport\()\s*'([^']+)'/gm;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/.*$/gm;

export interface SourceFile {
  /** From the project's root, with `/` on every system. */
  path: string;
  text: string;
  /** What it imports, as written. */
  specifiers: string[];
  isTest: boolean;
}

/** Every file with one of the endings below a folder, without what is generated or recorded. */
export function filesOf(folder: string, endings: readonly string[] = ['.ts']): SourceFile[] {
  return readdirSync(posix.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !/(^|\/)(fixtures|golden)\//.test(path))
    .sort()
    .map(sourceFile);
}

export function readText(path: string): string {
  return readFileSync(posix.join(ROOT, path), 'utf8');
}

/** The file's code: what a comment says is no one's business but the reader's. */
export function codeOf(file: SourceFile): string {
  return file.text.replace(COMMENT, '');
}

/** `gateway` for anything in `apps/gateway`, `bus` for anything in `libs/bus`. */
export function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The path, from the root, that a relative import leads to. */
export function targetOf(file: SourceFile, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : undefined;
}

function sourceFile(path: string): SourceFile {
  const text = readText(path);
  const specifiers = Array.from(text.matchAll(SPECIFIER), (match) => match[1]!);
  return { path, text, specifiers, isTest: /\.(spec|bench)\.ts$/.test(path) || /^(test|libs\/testing)\//.test(path) };
}
