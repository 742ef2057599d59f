import { describe, expect, it } from 'vitest';
import { filesOf, roomOf, type SourceFile, targetOf } from './source-files.js';

/** A lib imports libs of the layers below its own, and no others. A new lib is named here. */
const LAYERS: readonly (readonly string[])[] = [
  ['config', 'faults', 'redaction', 'sealing', 'telemetry', 'tenancy'],
  ['contracts'],
  ['agents', 'bus', 'database', 'embedded', 'outgoing', 'wiki-format'],
  ['audit', 'outbox', 'runtime'],
  ['testing'],
];

const LIB = /^#libs\/([a-z-]+)(.*)$/;
const apps = filesOf('apps');
const libs = filesOf('libs');
const product = [...apps, ...libs].filter((file) => !file.isTest);

function layerOf(lib: string): number {
  return LAYERS.findIndex((layer) => layer.includes(lib));
}

/** One line for each import that `isWrong`, for a person to go to. */
function offences(files: readonly SourceFile[], isWrong: (file: SourceFile, specifier: string) => boolean): string[] {
  return files.flatMap((file) => file.specifiers.filter((specifier) => isWrong(file, specifier)).map((specifier) => `${file.path} imports ${specifier}`));
}

describe('apps', () => {
  it('import no other app, except the standalone', () => {
    const isOtherApp = (file: SourceFile, specifier: string): boolean => {
      const target = targetOf(file, specifier);
      return target !== undefined && target.startsWith('apps/') && roomOf(target) !== roomOf(file.path);
    };
    const others = apps.filter((file) => !file.isTest && roomOf(file.path) !== 'standalone');
    expect(offences(others, isOtherApp)).toEqual([]);
  });

  it('leave embedded servers to the standalone', () => {
    const others = apps.filter((file) => !file.isTest && roomOf(file.path) !== 'standalone');
    expect(offences(others, (_file, specifier) => specifier === '#libs/embedded')).toEqual([]);
  });
});

describe('libs', () => {
  it('each have a layer', () => {
    const named = LAYERS.flat();
    expect([...new Set(libs.map((file) => roomOf(file.path)))].sort()).toEqual([...named].sort());
  });

  it('import downwards only', () => {
    const isUpwards = (file: SourceFile, specifier: string): boolean => {
      const lib = LIB.exec(specifier)?.[1];
      return lib !== undefined && layerOf(lib) >= layerOf(roomOf(file.path));
    };
    expect(offences(libs.filter((file) => !file.path.endsWith('.spec.ts')), isUpwards)).toEqual([]);
  });

  it('are reached through their one index', () => {
    const isInside = (file: SourceFile, specifier: string): boolean => {
      const target = targetOf(file, specifier);
      const isOtherLib = target !== undefined && target.startsWith('libs/') && !target.startsWith(`libs/${roomOf(file.path)}/`);
      return isOtherLib || Boolean(LIB.exec(specifier)?.[2]);
    };
    expect(offences([...apps, ...libs], isInside)).toEqual([]);
  });

  it('import no app', () => {
    expect(offences(libs, (file, specifier) => targetOf(file, specifier)?.startsWith('apps/') ?? false)).toEqual([]);
  });

  it('for tests are for tests alone', () => {
    expect(offences(product, (_file, specifier) => specifier === '#libs/testing')).toEqual([]);
  });
});
