import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { run } from './command.mjs';
import { step } from './progress.mjs';

const FOLDERS = ['apps', 'libs', 'packages'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const STAMP = '.build-stamp';

/** The files that the product is made of, relative to the root, in a stable order. */
export function productFiles(root) {
  const files = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1)));
  return files.filter((file) => !/\.(spec|bench)\.ts$|\.md$/.test(file) && !file.startsWith(join('libs', 'testing') + sep)).sort();
}

/** Of these Vite makes what browsers are given. */
function isOfTheWeb(file) {
  return file.startsWith(join('apps', 'web') + sep) || file.startsWith(`packages${sep}`);
}

/** Changes with the content of any product file, not with its time: a fresh checkout of the same sources is not stale. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...productFiles(root)]) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

export function isBuilt(root) {
  const stamp = join(root, 'dist', STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
}

/** Makes `dist` from the sources unless it is current. It is replaced whole: a build that fails or is killed leaves the old one. Throws an Error with one line. */
export async function build(root) {
  if (isBuilt(root)) return;
  const hash = sourceHash(root);
  const draft = join(root, `dist.${process.pid}`);
  try {
    await step('building', () => Promise.all([compile(root, draft), buildWeb(root, join(draft, 'apps', 'web'))]));
    for (const file of productFiles(root).filter((name) => !name.endsWith('.ts') && !isOfTheWeb(name))) copyAsset(root, draft, file);
    writeFileSync(join(draft, STAMP), hash);
    replace(join(root, 'dist'), draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function compile(root, outDir) {
  const { code, output } = await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--outDir', outDir], { cwd: root });
  if (code === 0) return;
  process.stderr.write(output);
  throw new Error(`The build failed: tsc exited with code ${code}`);
}

function copyAsset(root, draft, file) {
  mkdirSync(dirname(join(draft, file)), { recursive: true });
  copyFileSync(join(root, file), join(draft, file));
}

function replace(current, draft) {
  const old = `${draft}.old`;
  if (existsSync(current)) renameSync(current, old);
  renameSync(draft, current);
  rmSync(old, { recursive: true, force: true });
}
