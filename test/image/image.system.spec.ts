import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '#libs/testing';
import { type Client, newOrganisation } from '../system/client.js';
import { storedPrompts } from '../system/stored-prompts.js';
import { BACKUP_METRICS, COMPOSED, PORTS } from './composed.js';
import { containerOf, engine, stopContainer } from './engine.js';

const READY_TIMEOUT_MS = 120_000;
const WORKERS = 4;
const PLACE = 'workspace=image&project=restarted';
const SERVICES = COMPOSED.filter((name) => name !== 'standalone');

describe.each(COMPOSED)('the container of %s', (name) => {
  const sh = (command: string): string => engine('exec', containerOf(name), 'sh', '-c', command).trim();

  it('runs as a user of its own, with no capability and no way to more', () => {
    expect(sh('id -u; id -g')).toBe('65532\n65532');
    expect(sh("sed -n 's/^CapEff:[[:space:]]*//p; s/^NoNewPrivs:[[:space:]]*//p' /proc/self/status")).toBe('0000000000000000\n1');
  });

  it('writes to its volumes and /tmp alone', () => {
    expect(sh('touch /app/x /etc/x /x 2>&1 | grep -c "Read-only file system"')).toBe('3');
    expect(sh('touch /tmp/x && rm /tmp/x && echo written')).toBe('written');
  });

  it('says by its health check that it takes work', () => {
    expect(engine('exec', containerOf(name), 'node', 'healthcheck.mjs')).toBe('');
  });
});

describe('the container of profile backup', () => {
  it('makes one that can be read, and tells when', async () => {
    await eventually(async () => expect(await (await fetch(BACKUP_METRICS)).text()).toMatch(/^backup_last_success_timestamp_seconds\S* \d/m), READY_TIMEOUT_MS);
    const made = engine('exec', containerOf('backup'), 'sh', '-c', 'node dist/apps/standalone/src/admin.js verify /backups/*Z');
    expect(made).toContain('every file is as it was written, and can be read');
  });
});

describe('every service restarted in turn, under load', () => {
  it('ends with 0 within the grace period, and what was acknowledged is stored, once', async () => {
    const { owner } = await newOrganisation('services');
    const logs = Array.from({ length: WORKERS }, (): Log => ({ sessionId: randomUUID(), acknowledged: [] }));
    let isOver = false;
    const working = Promise.all(logs.map((log) => work(owner, log, () => isOver)));
    for (const name of SERVICES) {
      expect(await stopContainer(containerOf(name)), name).toBe(0);
      engine('start', containerOf(name));
      await eventually(async () => expect((await fetch(`http://127.0.0.1:${PORTS[name]}/readyz`)).status).toBe(200), READY_TIMEOUT_MS);
    }
    isOver = true;
    await working;
    for (const log of logs) {
      expect(log.acknowledged.length).toBeGreaterThan(10);
      await eventually(async () => expect((await storedPrompts(owner, log.sessionId, log.acknowledged.length)).sort()).toEqual([...log.acknowledged].sort()));
    }
  }, 2 * READY_TIMEOUT_MS);
});

interface Log {
  sessionId: string;
  acknowledged: string[];
}

/** One event after the other; each is sent until it is acknowledged, as a spool does, with the key that makes it the same event. */
async function work(client: Client, { sessionId, acknowledged }: Log, isOver: () => boolean): Promise<void> {
  for (let step = 0; !isOver(); step += 1) {
    const prompt = `step ${step} of ${sessionId}`;
    const path = `/hook?event=UserPromptSubmit&agent=claude-code&${PLACE}&ingest_key=${randomUUID()}`;
    await eventually(async () => {
      const answer = await client.post(path, { session_id: sessionId, cwd: '/w/image', prompt });
      expect(answer.status, answer.text).toBe(202);
    }, READY_TIMEOUT_MS);
    acknowledged.push(prompt);
  }
}
