import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { brokenPaths } from './check-docs.mjs';
import { findChromium, installChromium } from './chromium.mjs';
import { productEnv, run } from './command.mjs';
import { install } from './install.mjs';
import { hasKubectl, installKubectl } from './kubectl.mjs';
import { fetchPrometheus, findPrometheus } from './prometheus.mjs';
import { productNode } from './runtime.mjs';
import { countTests } from './test-count.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const SERVER_DIR = join(MODULES, '.cache', 'servers');

/** Runs everything; extra arguments go to vitest. Each check counts as one test; what could not run counts as failed. */
async function test(vitestArgs) {
  await install(ROOT, { withDev: true });
  const counts = [await check('build', () => build(ROOT)), await check('types', compileTests), await check('lint', lint), await check('documents', checkDocuments)];
  if (counts[0].failed === 0) {
    await provideServers();
    await provideBrowser();
    await provideKubectl();
    providePromtool();
    counts.push(await runVitest(vitestArgs));
  }
  return counts.reduce((sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }));
}

async function check(name, work) {
  try {
    await work();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

/** What products are started with in tests must lie beside them as JavaScript. Also the only look at the types of tests. */
async function compileTests() {
  const { code } = await run(join(MODULES, '.bin', 'tsc'), ['-p', 'tsconfig.json', '--incremental', 'false', '--tsBuildInfoFile', 'null'], { cwd: ROOT, env: productEnv(ROOT), isShown: true });
  const web = await run(join(MODULES, '.bin', 'tsc'), ['-p', join('apps', 'web')], { cwd: ROOT, env: productEnv(ROOT), isShown: true });
  if (code !== 0 || web.code !== 0) throw new Error(`tsc exited with code ${code || web.code}`);
}

async function lint() {
  const { code } = await run(join(MODULES, '.bin', 'oxlint'), ['--deny-warnings'], { cwd: ROOT, env: productEnv(ROOT), isShown: true });
  if (code !== 0) throw new Error(`oxlint exited with code ${code}`);
}

function checkDocuments() {
  const broken = brokenPaths(ROOT);
  if (broken.length > 0) throw new Error(broken.join('\n'));
}

/** Without promtool the test of alerts fails, and says what to install. */
function providePromtool() {
  if (findPrometheus('promtool')) return;
  try {
    fetchPrometheus(console.log);
  } catch (error) {
    console.error(error.message);
  }
}

/** Without a nats-server the tests that need one fail; the line says what to install. */
async function provideServers() {
  const { findNatsServer, installNatsServer } = await import(pathToFileURL(join(ROOT, 'dist', 'libs', 'embedded', 'src', 'index.js')).href);
  if (findNatsServer(SERVER_DIR)) return;
  await installNatsServer({ binDir: SERVER_DIR, log: console.log }).catch((error) => console.error(error.sentence ?? error.message));
}

/** Without a browser the tests of sign-on fail; the line says what to install. */
async function provideBrowser() {
  if (!findChromium()) await installChromium(console.log).catch((error) => console.error(error.message));
}

/** Without kubectl the tests of the manifests fail; the line says what to install. */
async function provideKubectl() {
  if (!hasKubectl(SERVER_DIR)) await installKubectl(SERVER_DIR, console.log).catch((error) => console.error(error.message));
}

async function runVitest(args) {
  const workDir = mkdtempSync(join(tmpdir(), 'ai-memory-test-'));
  const report = join(workDir, 'report.json');
  try {
    const env = productEnv(ROOT, SERVER_DIR);
    const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args];
    const { code } = await run(productNode(ROOT), [join(MODULES, 'vitest', 'vitest.mjs'), ...vitest], { cwd: ROOT, env, isShown: true });
    return countTests(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, code);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function conclude({ passed, failed }) {
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

test(process.argv.slice(2)).then(conclude, (error) => {
  console.error(error.message);
  conclude({ passed: 0, failed: 1 });
});
