import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Client } from '../system/client.js';
import type { Place } from '../system/replay.js';

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
  const { status, text } = await client.send('POST', `/api/v1/workspaces/${workspace}/projects/${project}/import`, await buffer(archive.pipe(createGzip())), { 'content-type': 'application/gzip' });
  if (status >= 300 || !text.includes('"outcome":"imported"')) throw new Error(`${status} ${text.slice(0, 1_000)}`);
}
