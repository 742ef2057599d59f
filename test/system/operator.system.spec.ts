import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '#libs/telemetry';
import { eventually } from '#libs/testing';
import { Client, hookPath, newOrganisation, type Organisation, ownerOf, productOf } from './client.js';
import { Laptop } from './command-line.js';
import { TOPOLOGIES } from './product.js';
import { openDatabase } from './stored-bytes.js';

const ADMIN = fileURLToPath(new URL('../../dist/apps/standalone/src/admin.js', import.meta.url));

describe.each(TOPOLOGIES)('the operator, %s', (topology) => {
  const { url, token, dataDir } = productOf(topology);
  const laptop = new Laptop({ AI_MEMORY_SERVER_URL: url, AI_MEMORY_AUTH_TOKEN: token });
  let folder: string;
  let ours: Organisation;
  let theirs: Organisation;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'operator-'));
    [ours, theirs] = await Promise.all([newOrganisation(topology), newOrganisation(topology)]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('sees that every app answers', async () => {
    const answer = await laptop.ask<{ services: { name: string; reachable: boolean }[]; outboxes: { app: string }[] }>(['admin', 'status']);
    expect(answer.services.map(({ name, reachable }) => [name, reachable])).toEqual(['ingest', 'compiler', 'wiki-git', 'search'].map((name) => [name, true]));
    expect(answer.outboxes.map(({ app }) => app)).toEqual(['capture', 'wiki']);
  });

  it('makes an organisation, whose owner can use it at once', async () => {
    const name = `made-${randomUUID().slice(0, 8)}`;
    const made = await laptop.ask<{ token: { token: string } }>(['admin', 'organisation', name, '--owner', 'Ann', '--email', 'ann@example.com']);
    expect((await new Client(url, made.token.token).get('/api/v1/status')).json).toMatchObject({ organisation: name });
  });

  it('finds a dead letter, and has it handled by requeueing it', async () => {
    const sessionId = await endedSession(ours.owner);
    const database = await openDatabase(dataDir);
    const deadLetterId = randomUUID();
    await database.query(`INSERT INTO tenancy.dead_letters (organisation_id, dead_letter_id, subject, listener, payload, trace, code)
      SELECT organisation_id, $2, 'ingest.session-ended.v1', 'compiler', jsonb_build_object('projectId', project_id, 'sessionId', session_id, 'generation', 1), '{}', 'unavailable' FROM capture.sessions WHERE session_id = $1`, [sessionId, deadLetterId]);
    await database.end();
    const listed = await laptop.ask<{ dead_letters: { dead_letter_id: string; organisation_id: string }[] }>(['admin', 'dead-letters']);
    expect(listed.dead_letters).toContainEqual(expect.objectContaining({ dead_letter_id: deadLetterId, organisation_id: ours.organisationId }));
    expect((await new Client(url, ours.owner.token).get('/api/v1/system/dead-letters')).status).toBe(403);
    expect((await laptop.run(['admin', 'dead-letters', 'requeue', deadLetterId])).code).toBe(0);
    expect((await laptop.run(['admin', 'dead-letters', 'requeue', deadLetterId])).code).toBe(3);
  });

  it('lets a canary sing: it stores, finds, is handed over, is seen by no other organisation, and is deleted', async () => {
    const [tokenFile, strangerFile] = ['ours', 'theirs'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(tokenFile, ours.owner.token!);
    writeFileSync(strangerFile, theirs.owner.token!);
    const sung = await canary('--server-url', url, '--token-file', tokenFile, '--stranger-token-file', strangerFile);
    expect(sung).toMatchObject({ code: 0 });
    for (const step of ['store', 'find', 'handoff', 'apart', 'delete']) expect(sung.printed).toContain(`${step} ok`);
    const surprised = await canary('--server-url', url, '--token-file', tokenFile, '--stranger-token-file', tokenFile);
    expect(surprised).toMatchObject({ code: 1, printed: expect.stringContaining('apart: another organisation finds it') as string });
  });

  it('is shown metrics of the catalogue, and no others', async () => {
    const { text } = await ownerOf(topology).get('/metrics');
    const shown = Array.from(text.matchAll(/^# TYPE (\w+) /gm), (match) => match[1]!).filter((name) => name !== 'target_info');
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.filter((name) => !(name in METRICS))).toEqual([]);
    expect(shown).toEqual(expect.arrayContaining(['http_request_duration_seconds', 'database_connections', 'organisation_used_total', 'dead_letters', 'process_info']));
  });

  async function endedSession(client: Client): Promise<string> {
    const sessionId = randomUUID();
    for (const [event, more] of [['UserPromptSubmit', { prompt: 'Requeue me' }], ['SessionEnd', { reason: 'exit' }]] as const) {
      expect((await client.post(hookPath('claude-code', event), { session_id: sessionId, cwd: '/home/dev/shop', ...more })).status).toBe(202);
    }
    return eventually(async () => {
      const { json } = await client.get<{ sessions: { session_id: string; native_session_id: string }[] }>('/api/v1/workspaces/default/projects/shop/sessions');
      return json.sessions[0]!.session_id;
    });
  }

  function canary(...args: string[]): Promise<{ code: number; printed: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [ADMIN, 'canary', ...args], { env: { PATH: process.env.PATH }, timeout: 100_000 }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, printed: stdout + stderr }));
    });
  }
});
