import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { documentHash } from './openapi-hash.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** It needs the compiler's old interface, which the TypeScript that builds the product has no more; both are fetched for this run. */
const GENERATOR = ['--package=openapi-typescript@7.13.0', '--package=typescript@5.9.3'];

/** Writes the client's types from the routes as they are built. */
async function generate() {
  await import('reflect-metadata');
  const { openApiOfRoutes } = await import(pathToFileURL(join(ROOT, 'dist', 'apps', 'gateway', 'src', 'http', 'openapi.controller.js')).href);
  const folder = mkdtempSync(join(tmpdir(), 'ai-memory-client-'));
  try {
    const [document, types] = [join(folder, 'openapi.json'), join(folder, 'schema.ts')];
    writeFileSync(document, JSON.stringify(openApiOfRoutes()));
    const { status } = spawnSync('npm', ['exec', '--yes', ...GENERATOR, '--', 'openapi-typescript', document, '-o', types, '--alphabetize'], { cwd: folder, stdio: 'inherit', timeout: 180_000 });
    if (status !== 0) throw new Error('The types could not be made: see above.');
    const target = join(ROOT, 'packages', 'api-client', 'src', 'schema.ts');
    writeFileSync(target, `// Made by npm run client. OpenAPI document: ${documentHash(openApiOfRoutes())}\n${readFileSync(types, 'utf8')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await generate();
