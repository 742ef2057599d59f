import { homedir } from 'node:os';
import { isAbsolute, posix, win32 } from 'node:path';

/** Where the platform keeps an application's data for this user. Nothing is created. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'ai-memory');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'ai-memory');
  const xdg = env['XDG_DATA_HOME'];
  return posix.join(xdg && isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'ai-memory');
}
