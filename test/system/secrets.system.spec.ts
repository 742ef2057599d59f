import { randomInt, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '#libs/testing';
import { makeToken } from '../../apps/gateway/src/identity/access-token.js';
import { type Client, hookPath, newOrganisation, productOf } from './client.js';
import { TOPOLOGIES } from './product.js';
import { filesIn, type Found, objectsIn, openDatabase, readIfThere, rowsIn } from './stored-bytes.js';

const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS = UPPER + UPPER.toLowerCase();
const BASE62 = DIGITS + LETTERS;
/** As long a piece of a secret is a leak: less of it is nobody's key, and may stand anywhere by chance. */
const PIECE = 12;

/** A secret as people and programs have it about them. Put together at each run, so that no file holds one. */
interface Planted {
  kind: string;
  /** Must be found nowhere, nor a piece of it. */
  secrets: string[];
  /** What it stands in. */
  text: string;
  /** The same as a value of JSON, where it is one. */
  value?: unknown;
}

/** Random, with a digit, a small and a large letter in front where the alphabet has them, as in nearly every real secret. */
function random(length: number, alphabet = BASE62): string {
  const lead = ['7', 'q', 'R'].filter((char) => alphabet.includes(char)).join('');
  return lead + Array.from({ length: length - lead.length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

function planted(kind: string, text: (secret: string) => string, secret = random(40)): Planted {
  return { kind, secrets: [secret], text: text(secret) };
}

function structured(kind: string, value: (secret: string) => unknown, secret = random(24)): Planted {
  return { kind, secrets: [secret], text: JSON.stringify(value(secret)), value: value(secret) };
}

function pemKey(kind: string, text: (pem: string) => string): Planted {
  const lines = Array.from({ length: 6 }, () => random(64));
  return { kind, secrets: lines, text: text(['-----BEGIN', `PRIVATE KEY-----\n${lines.join('\n')}\n-----END`, 'PRIVATE KEY-----'].join(' ')) };
}

const KINDS: readonly Planted[] = [
  planted('AWS access key', (s) => `aws configure set aws_access_key_id AK${'IA'}${s}`, random(16, `${UPPER}234567`)),
  planted('AWS secret key', (s) => `aws_secret_access_key = ${s}`),
  planted('Google API key', (s) => `https://maps.googleapis.com/maps/api/js?key=AI${'za'}${s}`, random(35)),
  planted('Google OAuth token', (s) => `got ya${'29'}.${s} from the metadata server`, random(60)),
  pemKey('Google service account', (pem) => JSON.stringify({ type: 'service_account', project_id: 'shop', private_key: pem })),
  planted('Azure storage key', (s) => `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${s}==;EndpointSuffix=core.windows.net`, random(86)),
  planted('Azure client secret', (s) => `the app's secret: abc8${'Q~'}${s}`, random(34)),
  planted('Azure signature', (s) => `https://shop.blob.core.windows.net/c?sv=2022&sr=b&sig=${s}%3D&se=2030`, random(43)),
  planted('GitHub token', (s) => `gh auth login with gh${'p_'}${s}`, random(36)),
  planted('GitHub fine-grained token', (s) => `export GH=github_${'pat'}_${s.slice(0, 22)}_${s.slice(22)}`, random(81)),
  planted('GitLab token', (s) => `gl${'pat'}-${s} is the runner's`, random(20)),
  planted('Slack token', (s) => `posting as xo${'xb'}-123456789012-1234567890123-${s}`, random(24)),
  planted('Slack webhook', (s) => `curl https://hooks.slack.com/services/T7ABCDEFG/B7ABCDEFG/${s}`, random(24)),
  planted('Stripe key', (s) => `stripe.api = sk${'_live_'}${s}`, random(24)),
  planted('OpenAI key', (s) => `sk${'-proj-'}${s}`, random(64)),
  planted('Anthropic key', (s) => `sk${'-ant-'}api03-${s}AA`, random(93)),
  planted('npm token', (s) => `npm${'_'}${s} may publish`, random(36)),
  planted('npm registry login', (s) => `//registry.example.com/:_authToken=${s}`),
  planted('PyPI token', (s) => `twine upload -p py${'pi'}-AgEIcHlwaS5vcmc${s}`, random(70)),
  planted('Hugging Face token', (s) => `h${'f_'}${s}`, random(34, LETTERS)),
  planted('SendGrid key', (s) => `S${'G.'}${s.slice(0, 22)}.${s.slice(22)}`, random(65)),
  planted('Twilio key', (s) => `S${'K'}${s}`, random(32, HEX)),
  planted('JWT', (s) => `ey${'J'}hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.ey${'J'}${s}`, `${random(40)}.${random(43)}`),
  pemKey('PEM key', (pem) => pem),
  pemKey('PEM key in JSON', (pem) => JSON.stringify({ files: [{ name: 'server.key', content: pem }] })),
  planted('password in a database URL', (s) => `DATABASE=postgres://app:${s}@db:5432/app`, random(18)),
  planted('token in a remote URL', (s) => `git clone https://x-access-token:${s}@git.example.com/acme/shop.git`),
  planted('bearer token', (s) => `curl -H "Authorization: Bearer ${s}" https://api.example.com`),
  planted('basic credentials', (s) => `Authorization: Basic ${s}`, Buffer.from(`ada:${random(25)}`).toString('base64').replaceAll('=', '')),
  planted('password for curl', (s) => `curl -sS -u ada:${s} https://example.com`, random(18)),
  planted('cookie', (s) => `Cookie: theme=dark; sid=${s}`),
  planted('line of .env', (s) => `DB_PASSWORD=${s}\nPORT=80`, random(18)),
  planted('exported variable', (s) => `export API_TOKEN='${s}'`),
  planted('flag of a command', (s) => `deploy --db-password ${s} --force`, random(18)),
  planted('parameter of a query', (s) => `GET /v1/me?access_token=${s}&page=2`),
  planted('member of YAML', (s) => `database:\n  password: ${s}\n  port: 5432`, random(18)),
  planted('member of escaped JSON', (s) => JSON.stringify({ body: JSON.stringify({ password: s }) }), random(18)),
  planted('connection string', (s) => `Server=db;User Id=sa;Password=${s};Encrypt=true`, random(18)),
  planted('token of ours', (s) => `AI_MEMORY_TOKEN is ${s}`, makeToken('pat')),
  structured('member of an object', (s) => ({ user: 'ada', client_secret: s })),
  structured('name and value', (s) => ({ env: [{ name: 'SMTP_PASSWORD', value: s }] })),
  structured('header of an object', (s) => ({ headers: { Authorization: `Bearer ${s}` } })),
  structured('list of arguments', (s) => ({ args: ['deploy', '--password', s] })),
];

interface HookEvent { event: string; payload: Record<string, unknown> }

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
/** Members that tell what happened to what; every other string of a payload is somebody's text. */
const NOT_A_TEXT = /(_?id|path|cwd|_?name|mode|type|source|trigger|reason|model|status|level)$/i;

/** Every kind of event that an agent is known to send, with the texts in it replaced. */
function eventsOf(agent: string, text: string, value: unknown): HookEvent[] {
  const files = readdirSync(join(FIXTURES, agent)).filter((name) => name.endsWith('.json') && !/^Session(Start|End)\./.test(name));
  const recorded = files.map((name, index): HookEvent => {
    const payload = JSON.parse(readFileSync(join(FIXTURES, agent, name), 'utf8')) as Record<string, unknown>;
    return { event: name.split('.')[0]!, payload: replaced(payload, index % 2 === 0 ? `${text}\n${WORD}` : `${WORD} ${text}`) as HookEvent['payload'] };
  });
  const call = { tool_name: 'mcp__vault__read', tool_use_id: randomUUID(), tool_input: value ?? text, tool_response: value ?? text };
  return [...recorded, ...['PreToolUse', 'PostToolUse'].map((event) => ({ event, payload: call })), ...LIMITS.flatMap((limit) => straddling(limit, text))];
}

function replaced(value: unknown, text: string, name = ''): unknown {
  if (typeof value === 'string') return NOT_A_TEXT.test(name) || name === 'hook_event_name' ? value : text;
  if (Array.isArray(value)) return value.map((item) => replaced(item, text, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, text, key)]));
}

/** Texts that are cut, with where what is kept of them ends: half of it in front, half at the back. */
const LIMITS: readonly { keptBytes: number; event(text: string): HookEvent }[] = [
  { keptBytes: 256, event: (text) => ({ event: 'UserPromptSubmit', payload: { prompt: text.replaceAll('\n', ' ') } }) },
  { keptBytes: 2_000, event: (text) => ({ event: 'PostToolUse', payload: { tool_name: 'Bash', tool_input: { command: text }, tool_response: { stdout: text } } }) },
  { keptBytes: 2_000, event: (text) => ({ event: 'Stop', payload: { last_assistant_message: text } }) },
  { keptBytes: 16_384, event: (text) => ({ event: 'UserPromptSubmit', payload: { prompt: text } }) },
];

function straddling({ keptBytes, event }: (typeof LIMITS)[number], text: string): HookEvent[] {
  const filler = (bytes: number): string => 'lorem '.repeat(Math.ceil(bytes / 6)).slice(-bytes);
  return [12, 36, 60].map((before) => event(`${filler(keptBytes / 2 - 20 - before)} ${text}\n${filler(keptBytes)} ${text}\n${filler(keptBytes / 2 - 20 - before)}`));
}

/** No secret: must be found wherever secrets are looked for, so that the search is known to work. */
const WORD = `kingfisher${random(8, HEX)}`;
const PLACE = '/api/v1/workspaces/acme/projects/vault';

/** Sends everything as an agent's hooks would: a session for each kind, whose ids it returns. */
async function capture(owner: Client, agent: string): Promise<string[]> {
  const sessionIds: string[] = [];
  for (const { text, value } of KINDS) {
    const sessionId = randomUUID();
    const events = [{ event: 'SessionStart', payload: { source: 'startup' } }, ...eventsOf(agent, text, value), { event: 'SessionEnd', payload: { reason: 'other' } }];
    const items = events.map(({ event, payload }) => ({ url: hookPath(agent, event, '&workspace=acme&project=vault'), body: { ...payload, session_id: sessionId, cwd: '/home/dev/vault', hook_event_name: event } }));
    const answer = await owner.post<{ accepted: number }>('/hook/batch', items);
    expect([answer.status, answer.json.accepted], answer.text).toEqual([200, items.length]);
    sessionIds.push(sessionId);
  }
  return sessionIds;
}

function callTool(owner: Client, name: string, args: object): ReturnType<Client['post']> {
  const call = { name, arguments: { ...args, workspace: 'acme', project: 'vault' } };
  return owner.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: call }, { accept: 'application/json, text/event-stream' });
}

/** Pages and handoffs, by tools and by REST. */
async function write(owner: Client, { text }: Planted, index: number): Promise<void> {
  const page = { title: text.slice(0, 250).length < text.length ? WORD : text, summary: `${WORD} ${text}`, body: `# ${WORD}\n\n${text}\n`, applies_to: [text] };
  const handoff = { summary: `${WORD} ${text}`, open_questions: [text], next_steps: [text], files_touched: [text], cwd: `/home/dev/${text}` };
  const answers = [
    await owner.send('PUT', `${PLACE}/pages/notes/${index}.md`, page),
    await owner.post(`${PLACE}/handoffs`, { ...handoff, agent: 'claude-code' }),
    await callTool(owner, 'memory_write_page', { path: `notes/tool-${index}.md`, ...page }),
    await callTool(owner, 'memory_handoff_begin', handoff),
  ];
  for (const { status, text: said } of answers) expect([status < 300, /"isError":true|"error":\{/.test(said)], said).toEqual([true, false]);
}

/** Requests that fail, or say the secret where nothing is kept: what goes wrong is logged and traced. */
async function misuse(owner: Client, { text, secrets: [secret] }: Planted): Promise<void> {
  const encoded = encodeURIComponent(text);
  const half = `{"prompt": ${JSON.stringify(text)}, "cwd": `;
  await Promise.all([
    owner.post(hookPath('codex', 'UserPromptSubmit'), half), owner.post('/mcp', half), owner.send('PUT', `${PLACE}/pages/notes/a.md`, half),
    owner.post(hookPath('codex', 'UserPromptSubmit', `&token=${encoded}`), [text]), owner.send('PUT', `${PLACE}/pages/notes/a.md`, { body: 1, [text]: text }),
    owner.get(`/api/v1/search?q=${encoded}`), owner.get(`/api/v1/search?q=a&token=${encoded}`), owner.get(`/nowhere/${encoded}`),
    owner.post(hookPath('codex', 'SessionStart', `&identity=${encodeURIComponent(`https://ci:${secret}@git.example.com/acme/vault.git`)}`), { session_id: randomUUID() }),
    owner.get('/api/v1/status', { authorization: `Bearer ${secret}` }), callTool(owner, 'memory_query', { query: text }), callTool(owner, 'memory_query', { query: 1, limit: text, [text]: text }),
  ]);
}

/** An organisation's sessions that are not compiled or indexed yet, and its projects that are not indexed. */
const UNSETTLED = `SELECT session_id FROM capture.sessions WHERE organisation_id = $1 AND (indexed_generation < generation OR (ended_at IS NOT NULL AND compiled_generation < generation))
  UNION ALL SELECT project_id FROM wiki.heads WHERE organisation_id = $1 AND indexed_revision < revision`;

const NEEDLES = KINDS.flatMap(({ kind, secrets }) => secrets.flatMap((secret) => [secret.slice(0, PIECE), secret.slice(-PIECE)].map((piece) => ({ kind, piece: Buffer.from(piece) }))));

describe.each(TOPOLOGIES)('secrets that agents come across, %s', (topology) => {
  const { dataDir, logPath } = productOf(topology);
  const leaks = new Map<string, string[]>(KINDS.map(({ kind }) => [kind, []]));
  /** Where the word that is no secret was found. */
  const places = new Set<string>();

  function look(place: string, found: Iterable<Found>, control = WORD): void {
    for (const { where, bytes } of found) {
      if (bytes.includes(control)) places.add(place);
      for (const { kind, piece } of NEEDLES) {
        const index = bytes.indexOf(piece);
        if (index >= 0) leaks.get(kind)!.push(`${where}: …${bytes.toString('latin1', Math.max(0, index - 80), index + 40)}…`);
      }
    }
  }

  beforeAll(async () => {
    const { owner, organisationId } = await newOrganisation(topology);
    const sessionIds = [...(await capture(owner, 'claude-code')), ...(await capture(owner, 'codex'))];
    for (const [index, kind] of KINDS.entries()) await write(owner, kind, index);
    for (const kind of KINDS) await misuse(owner, kind);
    const database = await openDatabase(dataDir);
    await eventually(async () => expect((await database.query(UNSETTLED, [organisationId])).rows).toEqual([]), 150_000);
    look('answers', await answersTo(owner, sessionIds));
    look('database', await rowsIn(database));
    await database.query('CHECKPOINT');
    await database.end();
    look('git', objectsIn(join(dataDir, 'repositories')));
    look('data folder', filesIn(dataDir));
    if (topology === 'services') look('NATS', filesIn(join(dataDir, 'nats')), 'ingest.session-ended');
    look('logs', [...filesIn(join(dataDir, 'logs')), ...readIfThere(logPath)], 'ai-memory is ready');
    look('traces', [await spansAfter(owner)], 'ingest.capture-events');
  }, 400_000);

  async function answersTo(owner: Client, sessionIds: readonly string[]): Promise<Found[]> {
    const paths = [
      ...sessionIds.flatMap((id) => [`${PLACE}/pages/sessions/${id}.md`, `/api/v1/sessions/${id}/observations?limit=200&body_max_chars=16384`]),
      ...KINDS.flatMap((_kind, index) => [`${PLACE}/pages/notes/${index}.md`, `${PLACE}/pages/notes/tool-${index}.md`, '/handoff?agent=codex&cwd=/home/dev/vault&workspace=acme&project=vault']),
      `${PLACE}/handoffs?limit=200`, `${PLACE}/pages?limit=100`, `${PLACE}/sessions?limit=100`, '/api/v1/projects', `/api/v1/search?q=${WORD}&limit=100`, '/api/v1/search?q=password+token+secret+key&limit=100', '/metrics',
    ];
    const found: Found[] = [];
    for (const path of paths) {
      const { status, text } = await owner.get(path);
      expect(status, `${path}: ${text}`).toBe(200);
      found.push({ where: `answer to ${path}`, bytes: Buffer.from(text) });
    }
    return found;
  }

  /** All spans, once those of a request that came after everything are there. */
  async function spansAfter(owner: Client): Promise<Found> {
    const last = (await owner.get('/api/v1/status')).headers.get('x-trace-id')!;
    return eventually(async () => {
      const spans = await (await fetch(`${inject('otlpUrl')}/spans`)).text();
      expect(spans.includes(last)).toBe(true);
      return { where: 'trace', bytes: Buffer.from(spans) };
    });
  }

  it.each(KINDS.map(({ kind }) => kind))('%s: in no table, object, log, span, message, file or answer', (kind) => {
    expect(leaks.get(kind)!.slice(0, 5)).toEqual([]);
  });

  it('leave the words around them, so that looking for them means something', () => {
    expect([...places].sort()).toEqual([...(topology === 'services' ? ['NATS'] : []), 'answers', 'data folder', 'database', 'git', 'logs', 'traces']);
  });
});
