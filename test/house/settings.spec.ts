import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filesOf, readText } from './source-files.js';

interface Setting {
  /** File and variable. */
  where: string;
  name: string;
  description: string | undefined;
}

const FILES = [...filesOf('apps'), ...filesOf('libs')].map(({ path }) => path).filter((path) => path.endsWith('.config.ts'));

/** The zod objects that a settings file exports, by the names of their exports. */
async function sectionsOf(path: string): Promise<[name: string, section: z.ZodObject][]> {
  const exported = (await import(new URL(`../../${path}`, import.meta.url).href)) as Record<string, unknown>;
  return Object.entries(exported).filter((entry): entry is [string, z.ZodObject] => entry[1] instanceof z.ZodObject);
}

const sections = (await Promise.all(FILES.map(async (path) => (await sectionsOf(path)).map(([name, section]) => ({ path, name, section }))))).flat();
const settings: Setting[] = sections.flatMap(({ path, section }) =>
  Object.entries(section.shape).map(([name, field]) => ({ where: `${path}: ${name}`, name, description: (field as z.ZodType).description })));

describe('settings', () => {
  it('are found', () => {
    expect(settings.length).toBeGreaterThan(10);
    expect(new Set(sections.map(({ path }) => path))).toEqual(new Set(FILES));
  });

  it('each say in a sentence what they are', () => {
    expect(settings.filter(({ description }) => !/^\S.*[.]$/s.test(description ?? '')).map(({ where }) => where)).toEqual([]);
  });

  it('are all known to the process that refuses unknown ones', () => {
    const known = readText('apps/standalone/src/all-settings.ts');
    expect(sections.filter(({ name }) => !new RegExp(`refuseUnknownSettings\\(\\[[^\\]]*\\b${name}\\b`).test(known)).map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it('all stand in the table of README.md', () => {
    const readme = readText('README.md');
    expect(settings.filter(({ name }) => name !== 'PATH' && !readme.includes(`\`${name}\``)).map(({ where }) => where)).toEqual([]);
  });
});
