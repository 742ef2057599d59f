import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { filesOf, targetOf } from '../house/source-files.js';
import { containersOf, ofKind, OVERLAYS, render, workloads } from './manifests.js';

/** Of a process of ours, but no setting: which program it is, and where it looks for programs. */
const NOT_SETTINGS = ['TARGET', 'PATH'];
/** Set by the image, for every container. */
const IN_IMAGE = ['AI_MEMORY_BIND', 'AI_MEMORY_OPS_BIND', 'AI_MEMORY_DATA_DIR'];
/** What nobody may read who may read a ConfigMap. */
const SECRET = /(_KEY|_SECRET|_TOKEN|_FALLBACKS|^DATABASE_URL|^NATS_URL)$/;

async function settingsIn(files: readonly string[]): Promise<string[]> {
  const exported = await Promise.all(files.map(async (path) => Object.values((await import(new URL(`../../${path}`, import.meta.url).href)) as object)));
  return exported.flat().flatMap((shape: unknown) => (shape instanceof z.ZodObject ? Object.keys(shape.shape) : [])).filter((name) => !NOT_SETTINGS.includes(name));
}

const known = new Set(await settingsIn([...filesOf('apps'), ...filesOf('libs')].map(({ path }) => path).filter((path) => path.endsWith('.config.ts') && !path.startsWith('apps/cli/'))));

/** What an overlay sets in our containers, without `_FILE`. */
function setIn(overlay: string): string[] {
  const manifests = render(`overlays/${overlay}`);
  const ours = workloads(manifests).flatMap(containersOf).filter(({ name }) => name === 'app');
  const maps = ofKind(manifests, 'ConfigMap').filter(({ metadata }) => metadata.name.startsWith('settings-'));
  return [...ours.flatMap(({ env = [] }) => env.map(({ name }) => name)), ...maps.flatMap(({ data = {} }) => Object.keys(data))];
}

/** The settings that an app can read: those of every file that its program imports, directly or not. */
async function settingsOf(app: string): Promise<string[]> {
  const files = new Map([...filesOf('apps'), ...filesOf('libs')].map((file) => [file.path, file]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const file = files.get(path);
    if (!file || reached.has(path)) return;
    reached.add(path);
    for (const specifier of file.specifiers) visit(specifier.startsWith('#libs/') ? `libs/${specifier.slice('#libs/'.length)}/src/index.ts` : (targetOf(file, specifier) ?? '').replace(/\.js$/, '.ts'));
  };
  visit(`apps/${app}/src/main.ts`);
  return settingsIn([...reached].filter((path) => path.endsWith('.config.ts')));
}

const SERVICES = ['gateway', 'ingest', 'compiler', 'search', 'wiki-git'];

interface Compose {
  services: Record<string, { image: string; environment?: Record<string, unknown> }>;
}

const { services } = parse(readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8'), { merge: true }) as Compose;

function setInCompose(): string[] {
  return Object.values(services).filter(({ image }) => image.startsWith('ai-memory')).flatMap(({ environment = {} }) => Object.keys(environment)).map((name) => name.replace(/_FILE$/, ''));
}

it.each([...OVERLAYS])('%s sets nothing that no process reads', (overlay) => {
  expect(setIn(overlay).filter((name) => !known.has(name) && !NOT_SETTINGS.includes(name))).toEqual([]);
});

it.each([...OVERLAYS])('%s takes every setting: secrets from the Secret, what has no default of use from the ConfigMap, and with it whatever is put there', (overlay) => {
  const manifests = render(`overlays/${overlay}`);
  const apps = ofKind(manifests, 'Deployment', 'StatefulSet').flatMap(containersOf).filter(({ name }) => name === 'app');
  expect(apps.every(({ envFrom }) => envFrom?.some(({ configMapRef }) => configMapRef?.name?.startsWith('settings-')))).toBe(true);
  const fromSecret = apps.flatMap(({ env = [] }) => env).filter(({ valueFrom }) => valueFrom?.secretKeyRef).map(({ name }) => name);
  expect([...known].filter((name) => SECRET.test(name) && !fromSecret.includes(name))).toEqual([]);
});

it('docker-compose.yml sets nothing that no process reads, and passes every setting on', () => {
  const set = setInCompose();
  expect(set.filter((name) => !known.has(name) && !NOT_SETTINGS.includes(name))).toEqual([]);
  expect([...known].filter((name) => !set.includes(name) && !IN_IMAGE.includes(name))).toEqual([]);
});

it.each(SERVICES)('docker-compose.yml passes every setting on that %s reads', async (app) => {
  const set = Object.keys(services[app]!.environment ?? {}).map((name) => name.replace(/_FILE$/, ''));
  const read = await settingsOf(app);
  expect(read).toContain('DATABASE_URL');
  expect(read.filter((name) => !set.includes(name) && !IN_IMAGE.includes(name))).toEqual([]);
});

it.each(SERVICES)('a cluster gives %s every secret that it reads', async (app) => {
  const workload = ofKind(render('overlays/single-node'), 'Deployment', 'StatefulSet').find(({ metadata }) => metadata.name === app)!;
  const set = containersOf(workload).flatMap(({ env = [] }) => env.map(({ name }) => name));
  expect((await settingsOf(app)).filter((name) => SECRET.test(name) && !set.includes(name))).toEqual([]);
});
