import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const SOURCES = ['apps/web', 'packages/api-client/src'];
const SETTINGS = ['package-lock.json', 'scripts/web-config.mjs', 'scripts/build-web.mjs'];
const TEXTS = new Set(['.js', '.css', '.html', '.svg', '.json']);
/** Below this a packed form saves nothing that anybody would notice. */
const PACKED_BYTES_MIN = 1_024;

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
}

function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of [...SOURCES.flatMap((folder) => files(join(root, folder))), ...SETTINGS.map((name) => join(root, name))]) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Makes `<outDir>/public` of `apps/web`, each text also packed by brotli and gzip, unless it is made of the same sources already. */
export async function buildWeb(root, outDir) {
  const stamp = join(outDir, '.stamp');
  const hash = sourceHash(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, { force: true });
  // Not there yet where a fresh checkout is first started.
  const [{ build }, { webConfig }] = await Promise.all([import('vite'), import('./web-config.mjs')]);
  const config = webConfig(root);
  const folder = join(outDir, 'public');
  await build({ ...config, build: { ...config.build, outDir: folder, emptyOutDir: true } });
  await Promise.all(files(folder).filter((file) => TEXTS.has(extname(file))).map(pack));
  writeFileSync(stamp, hash);
}

async function pack(file) {
  const content = readFileSync(file);
  if (content.length < PACKED_BYTES_MIN) return;
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, zipped);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
  await buildWeb(root, join(root, 'dist', 'apps', 'web'));
}
