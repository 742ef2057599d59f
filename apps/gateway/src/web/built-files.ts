import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json',
};
const ENCODINGS = [['br', '.br'], ['gzip', '.gz']] as const;

export type Encoding = (typeof ENCODINGS)[number][0] | 'identity';

/** One file that a browser may have, in every form in which it was built. */
export interface BuiltFile {
  readonly mediaType: string;
  /** Of the content; forms differ by a suffix, since their bytes do. */
  readonly hash: string;
  readonly forms: ReadonlyMap<Encoding, Buffer>;
}

/** All files below a folder by their path in it, read once: a request can reach nothing else. Empty where the folder is not there. */
export function builtFiles(folder: string): ReadonlyMap<string, BuiltFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return new Map(names.filter((name) => MEDIA_TYPES[extname(name)]).map((name) => [posix.normalize(name), builtFile(join(folder, name))]));
}

function builtFile(path: string): BuiltFile {
  const content = readFileSync(path);
  const forms = new Map<Encoding, Buffer>(ENCODINGS.flatMap(([encoding, ending]) => (existsSync(path + ending) ? [[encoding, readFileSync(path + ending)] as const] : [])));
  return { mediaType: MEDIA_TYPES[extname(path)]!, hash: createHash('sha256').update(content).digest('base64url').slice(0, 22), forms: forms.set('identity', content) };
}
