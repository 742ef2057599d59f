import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct, type StartedProduct, type Topology } from '../system/product.js';
import { AgentHome } from './agent-home.js';
import type { AgentProgram } from './agent-program.js';
import { installCommand } from './installed-packages.js';
import { runWell } from './run-program.js';
import { StubModel } from './stub-model.js';

/** With the download of the agents. */
export const PREPARATION_TIMEOUT_MS = 900_000;

/** The product, a model, a repository with a remote, and a home for each agent. */
export interface Surroundings {
  product: StartedProduct;
  model: StubModel;
  homes: ReadonlyMap<string, AgentHome>;
  leave(): Promise<void>;
}

export async function surroundingsOf(programs: readonly AgentProgram[], topology: Topology): Promise<Surroundings> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clients-')));
  // As root the embedded Postgres runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  const command = join(folder, 'command');
  await installCommand(command);
  const repository = await makeRepository(join(folder, 'shed'));
  const model = await StubModel.start();
  const homes = new Map(programs.map((program) => [program.agent, new AgentHome(program, folder, model.url, repository)]));
  for (const home of homes.values()) await home.furnish(command);
  const product = await startProduct(topology, join(folder, 'data'), { AI_MEMORY_REQUIRE_AUTH: '1' });
  const leave = async (): Promise<void> => {
    model.stop();
    const code = await product.stop();
    rmSync(folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`The product did not stop cleanly: exit code ${code}`);
  };
  return { product, model, homes, leave };
}

async function makeRepository(path: string): Promise<string> {
  const options = { cwd: tmpdir(), env: { PATH: process.env.PATH ?? '' }, timeoutMs: 10_000 };
  await runWell('git', ['init', '--quiet', path], options);
  await runWell('git', ['-C', path, 'remote', 'add', 'origin', 'https://github.com/acme/shed.git'], options);
  return path;
}
