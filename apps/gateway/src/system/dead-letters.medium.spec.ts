import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Hears } from '#libs/bus';
import { type PayloadOf, SessionEnded } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { DeadLettersService } from './dead-letters.service.js';
import { SystemModule } from './system.module.js';

const LAST_ATTEMPT = 20;
const heard: string[] = [];
let isFailing = true;

@Controller()
class Listener {
  constructor(private readonly db: TenantDb) {}

  @Hears(SessionEnded, 'compiler')
  async onSessionEnded(scope: TenantScope, { sessionId }: PayloadOf<typeof SessionEnded>): Promise<void> {
    heard.push(sessionId);
    await this.db.run(scope, (tx) => tx.query('SELECT'));
    if (isFailing) throw new Error('Not today');
  }
}

@Module({ imports: [SystemModule], controllers: [Listener] })
class TestedModule {}

let database: TestDatabase;
let running: TestProcess;
let letters: DeadLettersService;
const operator = scopeForTest(undefined, { isOperator: true });
const theirs = scopeForTest();

beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [TestedModule]);
  letters = running.app.get(DeadLettersService, { strict: false });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
beforeEach(async () => {
  heard.length = 0;
  isFailing = true;
  await database.inspect('DELETE FROM tenancy.dead_letters');
});

/** As the outbox does it, in its so manieth attempt. */
function announce(sessionId: string, attempt: number, organisationId = theirs.organisationId): Promise<void> {
  const payload = { projectId: randomUUID(), sessionId, generation: 1 };
  return running.bus.announce(scopeOfService(organisationId, 'ingest'), { id: randomUUID(), subject: SessionEnded.subject, payload, trace: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }, attempt });
}

describe('an event that a listener can not handle', () => {
  it('is the bus’s to give again, before the last attempt', async () => {
    await expect(announce(randomUUID(), LAST_ATTEMPT - 1)).rejects.toMatchObject({ code: 'internal' });
    expect(await letters.list(operator)).toEqual([]);
  });

  it('is handled where its organisation has been erased', async () => {
    const { organisationId } = scopeForTest();
    await database.inspect(`INSERT INTO tenancy.erasures (organisation_id, erasure_id, requested_by) VALUES ('${organisationId}', gen_random_uuid(), gen_random_uuid())`);
    const sessionId = randomUUID();
    await announce(sessionId, 1, organisationId);
    expect(heard).toEqual([sessionId]);
    await announce(sessionId, LAST_ATTEMPT, organisationId);
    expect(await letters.list(operator)).toEqual([]);
  });

  it('is kept as a dead letter in the last one, with its trace, and held up no longer', async () => {
    const sessionId = randomUUID();
    await announce(sessionId, LAST_ATTEMPT);
    expect(await letters.list(operator)).toMatchObject([{
      organisationId: theirs.organisationId, subject: SessionEnded.subject, listener: 'compiler', code: 'internal', burials: 1, payload: { sessionId, generation: 1 }, trace: { traceparent: expect.stringContaining('a'.repeat(32)) as string },
    }]);
  });

  it('is one dead letter, however often it is given up', async () => {
    const payload = { projectId: randomUUID(), sessionId: randomUUID(), generation: 1 };
    for (const id of [randomUUID(), randomUUID()]) await running.bus.announce(scopeOfService(theirs.organisationId, 'ingest'), { id, subject: SessionEnded.subject, payload, trace: {}, attempt: LAST_ATTEMPT });
    expect(await letters.list(operator)).toMatchObject([{ burials: 2 }]);
  });

  it('is handled after it was requeued, gone then, and recorded in the log of its organisation', async () => {
    const sessionId = randomUUID();
    await announce(sessionId, LAST_ATTEMPT);
    const [letter] = await letters.list(operator);
    isFailing = false;
    await letters.requeue(operator, letter!.dead_letter_id);
    expect(heard).toEqual([sessionId, sessionId]);
    expect(await letters.list(operator)).toEqual([]);
    const recorded = await database.inspect<{ organisation_id: string; content: { action: string } }>('SELECT organisation_id, content FROM audit.unsealed');
    expect(recorded).toMatchObject([{ organisation_id: theirs.organisationId, content: { action: 'event.requeued' } }]);
  });

  it('stays where requeueing it fails at once', async () => {
    await announce(randomUUID(), LAST_ATTEMPT);
    const [letter] = await letters.list(operator);
    await expect(letters.requeue(operator, letter!.dead_letter_id)).rejects.toMatchObject({ code: 'internal' });
    expect(await letters.list(operator)).toHaveLength(1);
  });

  it('can be let go', async () => {
    await announce(randomUUID(), LAST_ATTEMPT);
    const [letter] = await letters.list(operator);
    await letters.remove(operator, letter!.dead_letter_id);
    expect(await letters.list(operator)).toEqual([]);
    await expect(letters.remove(operator, letter!.dead_letter_id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is shown to nobody but the operator, not even to owners of its organisation', async () => {
    await announce(randomUUID(), LAST_ATTEMPT);
    await expect(letters.list(theirs)).rejects.toMatchObject({ kind: 'forbidden' });
    const [letter] = await letters.list(operator);
    await expect(letters.remove(theirs, letter!.dead_letter_id)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
