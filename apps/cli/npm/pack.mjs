import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ENTRY = 'dist/apps/cli/src/main.js';
/** What a laptop runs that no compiler has made. */
const HOOKS = 'apps/cli/hook';
const SPECIFIER = /(?:\bfrom\s*|(?<!['"])\bimport\s*\(?\s*)['"]([^'"\n]+)['"]/g;
const LIB = /^#libs\/([a-z-]+)$/;

/**
 * Puts the npm package together in `folder`, for `npm pack` or `npm publish` there: of what is built, what the command
 * imports, in the layout of the checkout; version and dependencies are those of the product.
 */
export function assemble(folder) {
  const { files, packages } = reachableFrom(ENTRY);
  for (const file of [...files, 'LICENSE']) copy(file, join(folder, file));
  cpSync(join(ROOT, HOOKS), join(folder, HOOKS), { recursive: true, filter: (path) => !/\.(md|ts)$/.test(path) });
  copy('docs/cli.md', join(folder, 'README.md'));
  const product = read('package.json');
  const dependencies = Object.fromEntries([...packages].sort().map((name) => [name, versionOf(name, product)]));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...read('apps/cli/npm/package.json'), version: product.version, dependencies }, null, 2)}\n`);
}

/** Every file that is loaded, and the packages that it is loaded from. */
function reachableFrom(entry) {
  const files = new Set();
  const packages = new Set();
  const visit = (file) => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, specifier] of readFileSync(join(ROOT, file), 'utf8').matchAll(SPECIFIER)) {
      const lib = LIB.exec(specifier)?.[1];
      if (specifier.startsWith('.')) visit(posix.join(posix.dirname(file), specifier));
      else if (lib) visit(`dist/libs/${lib}/src/index.js`);
      else if (!specifier.startsWith('node:')) packages.add(specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  visit(entry);
  return { files, packages };
}

function versionOf(name, { dependencies }) {
  if (!dependencies[name]) throw new Error(`The command imports ${name}, which is no dependency of the product`);
  return dependencies[name];
}

function copy(file, target) {
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(ROOT, file), target);
}

function read(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = process.argv;
  if (!folder) throw new Error('usage: node apps/cli/npm/pack.mjs FOLDER');
  assemble(folder);
}
