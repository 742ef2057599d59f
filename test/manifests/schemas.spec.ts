import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Manifest, nameOf, OVERLAYS, render } from './manifests.js';

const COMPILE_TIMEOUT_MS = 60_000;
const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const TARGETS = [...OVERLAYS.map((overlay) => `overlays/${overlay}`), 'components/gateway-api'];
const PACKAGES: Readonly<Record<string, string>> = {
  'external-secrets.io': '@kubernetes-models/external-secrets', 'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'keda.sh': '@kubernetes-models/keda', 'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
};
/** Has no schema among npm's packages. */
const UNKNOWN = ['ObjectStore/backups'];

interface Model {
  validate(): void;
}

/** The package that has the schema of an object, and where in it. */
function moduleOf({ apiVersion }: Manifest): string {
  const [group = ''] = apiVersion.split('/');
  return `${PACKAGES[group] ?? 'kubernetes-models'}/${apiVersion}`;
}

const known = (folder: string): Manifest[] => render(folder).filter((manifest) => !UNKNOWN.includes(nameOf(manifest)));

async function complaintsOf(manifest: Manifest): Promise<string[]> {
  const models = (await import(moduleOf(manifest))) as Record<string, new (data: Manifest) => Model>;
  try {
    new models[manifest.kind]!(manifest).validate();
    return [];
  } catch (error) {
    return [`${nameOf(manifest)}: ${(error as Error).message}`];
  }
}

/** A program that is right where each object has the type of its kind, which no field that the kind lacks has. */
function programOf(manifests: readonly Manifest[]): string {
  return manifests.map((manifest, index) => `export const object${index}: import('${moduleOf(manifest)}').I${manifest.kind} = ${JSON.stringify(manifest)};`).join('\n');
}

function typeErrorsOf(program: string): string {
  const cache = join(MODULES, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'manifests-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'objects.ts'), program);
  const args = [join(MODULES, 'typescript', 'bin', 'tsc'), '--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', '', join(folder, 'objects.ts')];
  try {
    return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return (error as { stdout: string }).stdout || String(error);
  }
}

describe.each(TARGETS)('%s', (folder) => {
  it('has of each object what its kind requires', async () => {
    expect((await Promise.all(known(folder).map(complaintsOf))).flat()).toEqual([]);
  }, COMPILE_TIMEOUT_MS);
});

it('has no field anywhere that its kind does not know', () => {
  expect(typeErrorsOf(programOf(TARGETS.flatMap(known)))).toBe('');
}, COMPILE_TIMEOUT_MS);

it('would find one', () => {
  const [service] = known('overlays/single-node').filter(({ kind }) => kind === 'Service');
  expect(typeErrorsOf(programOf([{ ...service!, spec: { ...service!.spec, selectr: {} } }]))).toContain('selectr');
}, COMPILE_TIMEOUT_MS);
