import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refuseUnknownSettings } from '#libs/config';
import { filesOf, readText } from './source-files.js';

interface Section {
  path: string;
  /** Of the export. */
  name: string;
  shape: z.ZodObject;
}

const FILES = [...filesOf('apps'), ...filesOf('libs')].map(({ path }) => path).filter((path) => path.endsWith('.config.ts'));

/** The zod objects that a settings file exports. */
async function sectionsOf(path: string): Promise<Section[]> {
  const exported = (await import(new URL(`../../${path}`, import.meta.url).href)) as Record<string, unknown>;
  return Object.entries(exported).flatMap(([name, shape]) => (shape instanceof z.ZodObject ? [{ path, name, shape }] : []));
}

const sections = (await Promise.all(FILES.map(sectionsOf))).flat();
/** The command line is another program, on other machines. */
const ofServer = sections.filter(({ path }) => !path.startsWith('apps/cli/'));
const ofClient = sections.filter((section) => !ofServer.includes(section));

function namesIn(given: readonly Section[]): string[] {
  return given.flatMap(({ shape }) => Object.keys(shape.shape));
}

describe('settings', () => {
  it('are found', () => {
    expect(namesIn(ofServer).length).toBeGreaterThan(10);
    expect(new Set(sections.map(({ path }) => path))).toEqual(new Set(FILES));
  });

  it('each say in a sentence what they are', () => {
    const isSilent = (field: z.ZodType): boolean => !/^\S.*[.]$/s.test(field.description ?? '');
    const silent = sections.flatMap(({ path, shape }) => Object.entries(shape.shape).filter(([, field]) => isSilent(field as z.ZodType)).map(([name]) => `${path}: ${name}`));
    expect(silent).toEqual([]);
  });

  it('of the server are all known where unknown ones are refused', () => {
    const [, known = ''] = /refuseUnknownSettings\(\[([^\]]*)\]/.exec(readText('apps/standalone/src/all-settings.ts')) ?? [];
    const names = known.split(',').map((name) => name.trim());
    expect(ofServer.filter(({ name }) => !names.includes(name)).map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it('of the client never stop a server that finds them in its environment', () => {
    const environment = Object.fromEntries(namesIn(ofClient).map((name) => [name, 'x']));
    expect(() => refuseUnknownSettings(ofServer.map(({ shape }) => shape), environment)).not.toThrow();
  });

  it('of the server all stand in the table of README.md', () => {
    const readme = readText('README.md');
    expect(namesIn(ofServer).filter((name) => name !== 'PATH' && !readme.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
