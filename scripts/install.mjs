import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { step } from './progress.mjs';

/**
 * Whether `node_modules` holds what `package-lock.json` asks for; with `withDev`, the development tools too.
 * npm writes its own record of what is there last of all, so an install that was cut short has none.
 */
export function isInstalled(root, { withDev }) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    const isProject = path === '';
    const mayBeAbsent = entry.optional || entry.devOptional || (entry.dev && !withDev);
    const found = present[path];
    return isProject || (found ? found.integrity === entry.integrity && found.version === entry.version : mayBeAbsent);
  });
}

function readPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Installs exactly what the lock file names, unless it is there already. Throws an Error with one line. */
export async function install(root, { withDev }) {
  if (isInstalled(root, { withDev })) return;
  // No package's own script runs: what the embedded Postgres would do in its, the product does at start.
  const args = ['ci', withDev ? '--include=dev' : '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await step('installing dependencies (needs the network, this once)', async () => {
    const { code, output } = await runNpm(root, args);
    if (code !== 0) throw new Error(`The dependencies could not be installed: ${npmComplaint(output) ?? `npm exited with code ${code}`}`);
  });
}

/** Inside an npm script, `npm_execpath` is the npm that runs it. */
function runNpm(root, args) {
  // A polite stop makes npm undo the install first, for up to 15 s; a half install is no harm, as the next one starts from nothing.
  const options = { cwd: root, stopSignal: 'SIGKILL' };
  const cli = process.env.npm_execpath;
  return cli?.endsWith('npm-cli.js') ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}

/** npm's error code and the first sentences of its explanation, on one line. */
export function npmComplaint(output) {
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!) /.test(line)).map((line) => line.replace(/^npm (error|ERR!) /, '').trim());
  const told = lines.filter((line) => line !== '' && !/^(A complete log|errno|syscall)\b/.test(line));
  return told.length > 0 ? told.slice(0, 2).join('; ') : undefined;
}
