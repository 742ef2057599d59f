import { expect, it } from 'vitest';
import { defaultDataDir } from './data-dir.js';

it.each([
  ['linux', {}, '/home/ada/.local/share/ai-memory'],
  ['linux', { XDG_DATA_HOME: '/srv/data' }, '/srv/data/ai-memory'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/ai-memory'],
  ['darwin', { XDG_DATA_HOME: '/srv/data' }, '/home/ada/Library/Application Support/ai-memory'],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }, 'C:\\Users\\ada\\AppData\\Local\\ai-memory'],
] as const)('follows the custom of %s with %j', (platform, env, expected) => {
  expect(defaultDataDir(env, platform, '/home/ada')).toBe(expected);
});
