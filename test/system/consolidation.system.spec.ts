import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, newOrganisation } from './client.js';
import { Laptop } from './command-line.js';
import { DECISION, DECISION_PAGE, type Job, jobOf, jobs, LONG, page, PAGES, paths, QUERY, runSession, SECRET, sessionPage, useModels } from './decided-session.js';
import { TOPOLOGIES, type Topology } from './product.js';
import { startStubModel, type StubModel } from './stub-model.js';

/** Models that never answer as they should, each with an organisation that asks it. */
interface Failing {
  model: string;
  client: Client;
}

let stub: StubModel;
let failing: Promise<Failing[]>;

beforeAll(async () => {
  stub = await startStubModel();
  // Trying them takes most of a minute, which passes while the others are tested.
  failing = Promise.all(TOPOLOGIES.flatMap((topology) => ['limited', 'error', 'slow'].map((behaviour) => askInVain(topology, `${behaviour}-${topology}`))));
  failing.catch(() => undefined);
});
afterAll(() => stub.stop());

async function organisationWith(topology: Topology, models: readonly string[], more: object = {}): Promise<Client> {
  return useModels((await newOrganisation(topology)).owner, stub, models, more);
}

async function askInVain(topology: Topology, model: string): Promise<Failing> {
  const client = await organisationWith(topology, [model]);
  await runSession(client);
  return { model, client };
}

describe.each(TOPOLOGIES)('consolidation by a model that answers, %s', (topology) => {
  let client: Client;
  let job: Job;

  beforeAll(async () => {
    client = await organisationWith(topology, ['good-a']);
    await runSession(client);
    job = await jobOf(client, 'done');
  });

  it('writes what the session shows as a page, with its events, its session and who wrote it', async () => {
    const { body, frontmatter } = await page(client, DECISION_PAGE);
    expect(body).toContain(`- ${DECISION} [#4]`);
    const cited = await client.get<{ observations: { body: string }[] }>(`/api/v1/sessions/${job.session_id}/observations?limit=1&offset=3`);
    expect(cited.json.observations[0]!.body).toBe(DECISION);
    expect(body).toContain(`session [[sessions/${job.session_id}.md]]`);
    expect(frontmatter).toMatchObject({ kind: 'decision', trust: 'user', generated_by: 'consolidation', consolidated_by: 'good-a', sources: [{ session: job.session_id, events: [4] }] });
  });

  it('drops what no event shows, and what only a tool has printed', async () => {
    expect((await paths(client)).sort()).toEqual([DECISION_PAGE, `sessions/${job.session_id}.md`]);
    for (const path of await paths(client)) expect((await page(client, path)).body).not.toMatch(/moon colony|## In short[^#]*evil\.example/i);
    expect((await page(client, DECISION_PAGE)).body).not.toContain('evil.example');
  });

  it('puts a summary on the session\'s page and into the handoff, before what the rules say', async () => {
    expect((await sessionPage(client)).body).toMatch(/## In short\n\n- Let us use a lease of 30 seconds[^\n]* \[#4\]\n\n## Goal/);
    const handoff = await client.get(`/handoff?agent=codex&cwd=/w/relay${QUERY}`);
    expect(handoff.text).toContain('In short: Let us use a lease of 30 seconds');
    expect(handoff.text.split('### Summary')[0]).not.toContain('evil.example');
  });

  it('sends no secret to the provider but its own key, and the same beginning each time', () => {
    const sent = stub.requestsOf('good-a');
    expect(sent.length).toBeGreaterThan(0);
    for (const request of sent) {
      expect(request.text).not.toContain(SECRET);
      expect(request.authorization).toBe('Bearer key-of-good-a');
    }
    expect(new Set(sent.map((request) => request.text.split('The record:')[0])).size).toBe(1);
  });

  it('counts what it took, for the job and the month', async () => {
    expect(job.usage).toMatchObject({ calls: 1, cached_tokens: 100 });
    const { input_tokens: input, output_tokens: output, cost_usd: cost } = job.usage;
    expect(cost).toBeCloseTo((input - 100 + 50 + 2 * output) / 1e6, 6);
    const spending = await client.get<{ months: object[] }>('/api/v1/spending');
    expect(spending.json.months).toEqual([{ month: new Date().toISOString().slice(0, 7), ...job.usage, reserved_usd: 0, reserved_tokens: 0 }]);
  });

  it('keeps a page up, rather than writing another, and what people wrote on it', async () => {
    const before = await client.get<{ page: { page_id: string; body: string; frontmatter: object } }>(`${PAGES}/${DECISION_PAGE}`);
    const { page_id: pageId, body } = before.json.page;
    const saved = await client.send('PUT', `${PAGES}/${DECISION_PAGE}`, { title: 'Lease of the outbox relay', kind: 'decision', body: `${body}\nA remark by hand.\n` }, { 'if-match': `"${pageId}"` });
    expect(saved.status, saved.text).toBe(200);
    await runSession(client, ['The lease is renewed every ten seconds, because a slow commit may take that long.']);
    await eventually(async () => {
      const merged = await page(client, DECISION_PAGE);
      expect(merged.body).toContain('A remark by hand.');
      expect(merged.body).toContain('The lease is renewed every ten seconds');
      expect(merged.body.split(DECISION)).toHaveLength(2);
    }, 30_000);
    expect((await paths(client)).filter((path) => path.startsWith('decisions/'))).toHaveLength(1);
  });

  it('is asked for by MCP, which lists it in the full toolset only', async () => {
    const call = (path: string, method: string, params: object = {}) =>
      client.post<{ result: { tools: { name: string }[]; structuredContent: { state: string } } }>(path, { jsonrpc: '2.0', id: 1, method, params }, { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' });
    const names = async (path: string): Promise<string> => (await call(path, 'tools/list')).text;
    expect(await names('/mcp')).not.toContain('memory_consolidate');
    expect(await names('/mcp?toolset=full')).toContain('memory_consolidate');
    const asked = await call('/mcp?toolset=full', 'tools/call', { name: 'memory_consolidate', arguments: { workspace: 'lab', project: 'relay' } });
    expect(asked.text).toMatch(/waiting|running/);
    await jobOf(client, 'done');
  });
});

it('is asked for at a terminal, and says there what it took or why it failed', async () => {
  const [good, bad] = [await organisationWith('standalone', ['good-cli']), await organisationWith('standalone', ['refuses-cli'])];
  const laptopOf = (client: Client): Laptop => new Laptop({ AI_MEMORY_SERVER_URL: client.url, AI_MEMORY_AUTH_TOKEN: client.token! });
  for (const client of [good, bad]) await runSession(client);
  for (const [client, state] of [[good, 'done'], [bad, 'failed']] as const) await jobOf(client, state);
  const place = ['--workspace', 'lab', '--project', 'relay'];
  const { code, stdout } = await laptopOf(good).run(['consolidate', ...place]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Session [0-9a-f-]{36}: consolidated, 2 calls, \d+ tokens, 0\.\d{4} USD\n$/)]);
  const [{ session_id: id }] = (await jobs(good)) as [Job];
  expect(await laptopOf(good).ask(['consolidate', '--session', id, '--wait', '0'])).toMatchObject({ job: { session_id: id, state: expect.stringMatching(/waiting|running/) } });
  expect(await laptopOf(bad).run(['consolidate', ...place])).toMatchObject({ code: 1, stderr: expect.stringMatching(/was not consolidated: .*has not the asked shape.*\(4 calls, /) });
  expect((await laptopOf(good).run(['consolidate', '--session', randomUUID()])).code).toBe(3);
});

describe.each(TOPOLOGIES)('a model that does not behave, %s', (topology) => {
  it.each([
    ['bad', 'has not the asked shape', 2],
    ['refuses', 'has not the asked shape', 2],
    ['endless', 'did not end', 1],
  ])('that is "%s" ends the job at once, and the rules\' page stands', async (behaviour, reason, calls) => {
    const model = `${behaviour}-${topology}`;
    const client = await organisationWith(topology, [model]);
    await runSession(client);
    const job = await jobOf(client, 'failed');
    expect(job.reason).toContain(reason);
    expect(stub.requestsOf(model)).toHaveLength(calls);
    expect((await sessionPage(client)).body).toContain('## Goal');
  });

  it('that answers in the wrong shape may mend it once', async () => {
    const client = await organisationWith(topology, [`mends-${topology}`]);
    await runSession(client);
    expect((await jobOf(client, 'done')).usage.calls).toBe(2);
  });

  it('that finds the prompt too long gets a shorter one', async () => {
    const client = await organisationWith(topology, [`cramped-${topology}`]);
    await runSession(client, ['x '.repeat(1_000)]);
    expect((await jobOf(client, 'done')).reason).toBeNull();
    await page(client, DECISION_PAGE);
  });

  it('is followed by the next, in order', async () => {
    const client = await organisationWith(topology, [`refuses-first-${topology}`, `error-second-${topology}`, `good-third-${topology}`]);
    await runSession(client);
    await jobOf(client, 'done');
    expect((await page(client, DECISION_PAGE)).frontmatter.consolidated_by).toBe(`good-third-${topology}`);
  });
});

describe.each(TOPOLOGIES)('bounds, %s', (topology) => {
  it('reads a long session in parts, and cites its events all the same', async () => {
    const client = await organisationWith(topology, [`good-long-${topology}`]);
    await runSession(client, LONG);
    const job = await jobOf(client, 'done');
    const sent = stub.requestsOf(`good-long-${topology}`);
    expect(sent.filter((request) => request.isNotes).length).toBeGreaterThan(1);
    expect(sent.filter((request) => !request.isNotes)).toHaveLength(1);
    expect(job.usage.calls).toBe(sent.length);
    expect((await page(client, DECISION_PAGE)).body).toContain('[#4]');
  });

  it('never passes the cap: a call that could is not made', async () => {
    const client = await organisationWith(topology, [`good-capped-${topology}`], { monthly_cap_usd: 0.001 });
    await runSession(client);
    expect((await jobOf(client, 'failed')).reason).toBe('the monthly cap is reached');
    expect(stub.requestsOf(`good-capped-${topology}`)).toEqual([]);
  });

  it('calls nothing and schedules nothing where no model is configured', async () => {
    const { owner } = await newOrganisation(topology);
    await runSession(owner);
    await eventually(async () => expect((await paths(owner)).length).toBe(1));
    expect(await jobs(owner)).toEqual([]);
    const [sessionPath] = await paths(owner);
    const asked = await owner.post(`/api/v1/sessions/${sessionPath!.slice('sessions/'.length, -'.md'.length)}/consolidate`, {});
    expect([asked.status, asked.json.code]).toEqual([409, 'consolidation.no-model']);
  });

  it('never shows a key, and keeps it only for the address it was saved for', async () => {
    const client = await organisationWith(topology, ['good-key']);
    const shown = await client.get('/api/v1/model-settings');
    expect(shown.text).not.toContain('key-of-good-key');
    const { settings } = shown.json as { settings: { models: { has_key: boolean }[] } };
    expect(settings.models[0]!.has_key).toBe(true);
    const moved = await client.send<{ settings: { models: { has_key: boolean }[] } }>('PUT', '/api/v1/model-settings', { models: [{ provider: 'openai-compat', model: 'good-key', base_url: 'http://127.0.0.1:1/v1' }] });
    expect(moved.json.settings.models[0]!.has_key).toBe(false);
  });
});

it('a model that is limited, broken or silent is tried a bounded number of times, and then no more, in both topologies', async () => {
  for (const { model, client } of await failing) {
    expect((await jobOf(client, 'failed', 110_000)).attempts).toBe(5);
    expect(stub.requestsOf(model).length).toBeLessThanOrEqual(5);
    expect((await sessionPage(client)).body).toContain('## Goal');
  }
});
