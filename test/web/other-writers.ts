import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../system/client.js';
import { GitClient } from '../system/git-client.js';
import type { Place } from '../system/replay.js';

const PUSHES_MAX = 4;

/** What an agent asks for with `memory_write_page`. */
export interface AgentPage extends Place {
  path: string;
  title?: string;
  body: string;
}

/** Writes a page as Codex would. */
export async function writeAsAgent(client: Client, page: AgentPage): Promise<void> {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'memory_write_page', arguments: page } };
  const { status, text } = await client.post('/mcp', call, { accept: 'application/json, text/event-stream', 'x-memory-agent': 'codex' });
  if (status >= 300 || text.includes('"isError":true')) throw new Error(`${status} ${text}`);
}

/** Changes one page of a project's repository by a clone, a commit and a push, as a person with git does. */
export async function pushChange(client: Client, place: Place, path: string, change: (text: string) => string): Promise<void> {
  await inClone(client, place, async (git) => {
    await git.commit({ [path]: change(readFileSync(join(git.folder, path), 'utf8')) });
    // What else is written to the project meanwhile comes first, as git says.
    for (let tries = 0; (await git.run('push', '--quiet')).exitCode !== 0; tries += 1) {
      if (tries === PUSHES_MAX) await git.must('push', '--quiet');
      await git.must('pull', '--quiet', '--rebase');
    }
  });
}

/** A clone of a project's repository, for as long as it is worked in. */
export async function inClone(client: Client, { workspace, project }: Place, work: (git: GitClient) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ai-memory-clone-'));
  try {
    const { protocol, host } = new URL(client.url);
    const git = new GitClient(folder);
    await git.must('clone', '--quiet', `${protocol}//any:${client.token}@${host}/git/${workspace}/${project}.git`, '.');
    await work(git);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
