import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Client } from '../system/client.js';
import type { Place } from '../system/replay.js';

const IMPORT_MS_MAX = 180_000;

export interface ArchivedPage {
  path: string;
  title: string;
  summary?: string;
  body: string;
}

/** Puts so many pages into a project with one commit, by its import. */
export async function importPages(client: Client, { workspace, project }: Place, pages: Iterable<ArchivedPage>): Promise<void> {
  const archive = pack();
  for (const { path, body, ...metadata } of pages) archive.entry({ name: path }, `---\n${Object.entries(metadata).map(([key, text]) => `${key}: ${JSON.stringify(text)}\n`).join('')}---\n${body}`);
  archive.finalize();
  // A large one takes longer than other requests are given.
  const response = await fetch(`${client.url}/api/v1/workspaces/${workspace}/projects/${project}/import`, {
    method: 'POST', headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/gzip' }, body: await buffer(archive.pipe(createGzip())), signal: AbortSignal.timeout(IMPORT_MS_MAX),
  });
  const text = await response.text();
  if (!response.ok || !text.includes('"outcome":"imported"')) throw new Error(`${response.status} ${text.slice(0, 1_000)}`);
}
