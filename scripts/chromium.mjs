import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];
const USUAL_PLACES = ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const INSTALL_TIMEOUT_MS = 300_000;

export const WHAT_TO_INSTALL = 'install it (apt-get install chromium, or brew install --cask chromium)';

/** The full path of a Chromium: from PATH, else from where packages put it. */
export function findChromium() {
  const onPath = PROGRAMS.map((program) => spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout?.trim()).find(Boolean);
  return onPath ?? USUAL_PLACES.find((path) => existsSync(path));
}

/** Installs Debian's package, which only root can. At most five minutes; throws an Error with one line that says what to do. */
export async function installChromium(log) {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) throw new Error(`There is no Chromium on this machine, which tests of sign-on need: ${WHAT_TO_INSTALL}.`);
  log('installing chromium with apt (once)');
  const signal = AbortSignal.timeout(INSTALL_TIMEOUT_MS);
  for (const args of [['-q', 'update'], ['-q', '-y', '--no-install-recommends', 'install', 'chromium']]) {
    const code = await new Promise((resolve) => {
      const child = spawn('apt-get', args, { signal, stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
      child.on('error', () => resolve(1)).on('close', resolve);
    });
    if (code !== 0) throw new Error(`Chromium could not be installed with apt (exit code ${String(code)}): ${WHAT_TO_INSTALL}.`);
  }
}
