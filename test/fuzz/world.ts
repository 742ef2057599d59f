import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { eventually } from '#libs/testing';
import { type Client, newOrganisation } from '../system/client.js';
import type { Topology } from '../system/product.js';
import { tool } from '../system/tenancy-calls.js';
import type { JsonSchema, Known, Schemas } from './from-schema.js';

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: JsonSchema }[];
  readonly body: JsonSchema | undefined;
  /** Of a body that is bytes. */
  readonly mediaType: string | undefined;
}

export interface FuzzedTool {
  readonly name: string;
  readonly inputSchema: JsonSchema;
}

/** An organisation with something in it, and what can be asked of the product. */
export interface World {
  readonly url: string;
  readonly token: string;
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  readonly tools: readonly FuzzedTool[];
  readonly known: Known;
  /** An archive of pages, as it is exported. */
  readonly archive: Buffer;
  /** Payloads of real agents. */
  readonly payloads: readonly Buffer[];
}

const PLACE = { workspace: 'fuzz', project: 'wild' };
const API = `/api/v1/workspaces/${PLACE.workspace}/projects/${PLACE.project}`;
const FIXTURES = new URL('../fixtures/', import.meta.url);

interface Described {
  paths: Record<string, Record<string, { parameters?: Operation['parameters']; requestBody?: { content: Record<string, { schema?: JsonSchema }> } }>>;
  components: { schemas: Schemas };
}

export async function newWorld(topology: Topology): Promise<World> {
  const { owner } = await newOrganisation(topology);
  const { known, sessionId } = await furnished(owner);
  const { paths, components } = (await owner.get<Described>('/openapi.json')).json;
  const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => {
    const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    return { method: method.toUpperCase(), path, parameters, body: content?.schema, mediaType: content?.schema ? undefined : mediaType };
  }));
  const { text: listed } = await owner.post('/mcp?toolset=full', { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }, { accept: 'application/json, text/event-stream' });
  const archive = await fetch(`${owner.url}${API}/export`, { headers: { authorization: `Bearer ${owner.token}` } });
  const payloads = readdirSync(new URL('claude-code/', FIXTURES)).filter((name) => name.endsWith('.json')).map((name) => Buffer.from(JSON.stringify({ ...(JSON.parse(readFileSync(new URL(`claude-code/${name}`, FIXTURES), 'utf8')) as object), session_id: sessionId })));
  return { url: owner.url, token: owner.token!, operations, schemas: components.schemas, tools: (JSON.parse(/^data: (.*)$/m.exec(listed)?.[1] ?? listed) as { result: { tools: FuzzedTool[] } }).result.tools, known, archive: Buffer.from(await archive.arrayBuffer()), payloads };
}

async function furnished(owner: Client): Promise<{ known: Known; sessionId: string }> {
  const session = randomUUID();
  const paths = ['notes/a.md', 'decisions/b.md'];
  for (const path of paths) await owner.send('PUT', `${API}/pages/${path}`, { title: path, body: `About [[notes/a]] and leases.\n\n## Why\n\nBecause of ${path}.\n` });
  const hook = `/hook?agent=claude-code&workspace=${PLACE.workspace}&project=${PLACE.project}`;
  await owner.post(`${hook}&event=UserPromptSubmit`, { session_id: session, prompt: 'Why do leases expire?' });
  const begin = tool('memory_handoff_begin', { ...PLACE, summary: 'Leases are half done.' });
  await owner.send(begin.method, begin.path, begin.body, begin.headers);
  const sessionIds = await eventually(async () => {
    const { json } = await owner.get<{ sessions: { session_id: string }[] }>(`${API}/sessions`);
    if (json.sessions.length === 0) throw new Error('No session yet');
    return json.sessions.map((each) => each.session_id);
  });
  const known = { workspace: [PLACE.workspace], project: [PLACE.project], path: paths, session: sessionIds, session_id: [...sessionIds, session], q: ['leases', 'title:a -b "why expire"'], query: ['leases'] };
  return { known, sessionId: session };
}
