import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { filesOf } from '../house/source-files.js';
import { containersOf, render, workloads } from './manifests.js';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const instructions = read('deploy/Dockerfile').split('\n').filter((line) => /^[A-Z]+ /.test(line));
const programs = Object.fromEntries([...read('deploy/run.mjs').matchAll(/^ {2}'?([\w-]+)'?: '([^']+)',$/gm)].map(([, target, program]) => [target!, program!]));

describe('the image', () => {
  it('is built from one base, named once, by digest', () => {
    expect(instructions.filter((line) => line.startsWith('FROM ')).every((line) => line.startsWith('FROM ${NODE_IMAGE}'))).toBe(true);
    expect(instructions.filter((line) => /@sha256:/.test(line))).toEqual([expect.stringMatching(/^ARG NODE_IMAGE=node:24-[\w-]+@sha256:[0-9a-f]{64}$/)]);
  });

  it('runs as nobody of the machine, says how it is, and gets signals itself', () => {
    const last = (name: string): string | undefined => instructions.findLast((line) => line.startsWith(`${name} `));
    expect(last('USER')).toBe('USER 65532:65532');
    expect(last('HEALTHCHECK')).toContain('healthcheck.mjs');
    expect(last('CMD')).toMatch(/^CMD \["node"/);
  });

  it('has a program for every target that a manifest or docker-compose.yml names', () => {
    const inCluster = workloads(render('overlays/single-node')).flatMap(containersOf).flatMap(({ env = [] }) => env).filter(({ name }) => name === 'TARGET').map(({ value }) => value!);
    const composed = [...read('docker-compose.yml').matchAll(/\bTARGET: ([\w-]+)/g)].map(([, target]) => target!);
    expect(new Set([...inCluster, ...composed])).toEqual(new Set(Object.keys(programs)));
  });

  it.each(Object.entries(programs))('has what %s runs', (_, program) => {
    expect(existsSync(new URL(`apps/${program.replace(/\.js$/, '.ts')}`, ROOT))).toBe(true);
  });

  it('has every program that is named by its file', () => {
    const inCluster = workloads(render('overlays/single-node')).flatMap(containersOf).flatMap(({ command = [] }) => command).join(' ');
    const named = [...`${inCluster} ${read('docker-compose.yml')}`.matchAll(/\bdist\/(apps\/[\w/-]+)\.js\b/g)].map(([, program]) => `${program}.ts`);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((program) => !existsSync(new URL(program, ROOT)))).toEqual([]);
  });

  it('leaves out the packages that become the web’s files, and none that runs', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const [list] = /\[([^\]]+)\]/.exec(read('scripts/forget-build-packages.mjs'))!;
    const forgotten = Array.from(list.matchAll(/'([^']+)'/g), ([, name]) => name!);
    const product = ['apps', 'libs', 'packages'].flatMap((folder) => filesOf(folder, ['.ts', '.tsx'])).filter(({ isTest }) => !isTest);
    const isOfTheWeb = (path: string): boolean => /^(apps\/web|packages)\//.test(path);
    const importedBy = (isWeb: boolean): string[] => product.filter(({ path }) => isOfTheWeb(path) === isWeb).flatMap(({ specifiers }) => specifiers).map((specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/'));
    const [web, server] = [importedBy(true), importedBy(false)].map((names) => new Set(names.filter((name) => name in dependencies))) as [Set<string>, Set<string>];
    expect(forgotten.filter((name) => !(name in dependencies) || server.has(name))).toEqual([]);
    expect([...web].filter((name) => !server.has(name) && !forgotten.includes(name))).toEqual([]);
    expect(web.size).toBeGreaterThan(5);
  });

  it('is released for both architectures, with a list of its parts, where it comes from, and a signature', () => {
    const { jobs } = parse(read('.github/workflows/release.yml')) as { jobs: { image: { steps: { uses?: string; run?: string; with?: Record<string, unknown> }[] } } };
    const build = jobs.image.steps.find(({ uses }) => uses?.startsWith('docker/build-push-action@'));
    expect(build?.with).toMatchObject({ file: 'deploy/Dockerfile', platforms: 'linux/amd64,linux/arm64', provenance: 'mode=max', sbom: true });
    expect(jobs.image.steps.some(({ run }) => run?.startsWith('cosign sign '))).toBe(true);
  });
});
