import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelMessage, ClaimMessages, HISTORY_START, INBOX_MAX, type InputOf, ListMessages, type Message, MESSAGE_BYTES_MAX, SendMessage, SENT_HOURLY_MAX } from '#libs/contracts';
import { scopeOfService, type TenantScope, userOf } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { MessagesModule } from './messages.module.js';
import { MessagesService } from './messages.service.js';

let database: TestDatabase;
let running: TestProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [MessagesModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const web = { projectId: randomUUID(), name: 'acme/web' };
const api = { projectId: randomUUID(), name: 'acme/api' };
const personOf = (scope: TenantScope) => ({ userId: userOf(scope)!.userId, name: userOf(scope)!.name });
const send = async (scope: TenantScope, more: Partial<InputOf<typeof SendMessage>> = {}): Promise<Message> =>
  (await running.bus.ask(scope, SendMessage, { from: web, to: api, recipient: null, body: 'The field is gone.', ...more })).message;
const claim = (scope: TenantScope, more: Partial<InputOf<typeof ClaimMessages>> = {}) => running.bus.ask(scope, ClaimMessages, { projectId: api.projectId, ...more });
const claimed = async (scope: TenantScope, more: Partial<InputOf<typeof ClaimMessages>> = {}): Promise<string[]> => (await claim(scope, { limit: 10, ...more })).messages.map(({ body }) => body);
const list = async (scope: TenantScope, more: Partial<InputOf<typeof ListMessages>> = {}): Promise<string[]> =>
  (await running.bus.ask(scope, ListMessages, { projectId: api.projectId, ...more })).messages.map(({ body }) => body);
const colleagues = (): [TenantScope, TenantScope] => {
  const ann = scopeForTest(undefined, { name: 'ann' });
  return [ann, scopeForTest(ann.organisationId, { name: 'bob' })];
};

describe('a message', () => {
  it('for a project goes once to whoever works there next, the oldest first', async () => {
    const [ann, bob] = colleagues();
    for (const body of ['First.', 'Second.', 'Third.']) await send(ann, { body });
    expect(await claimed(bob, { projectId: web.projectId })).toEqual([]);
    expect(await claim(bob)).toMatchObject({ messages: [{ body: 'First.', state: 'claimed', sender: { name: 'ann' } }], waiting: 2, markdown: expect.stringContaining(HISTORY_START) });
    expect(await claimed(ann)).toEqual(['Second.', 'Third.']);
    expect(await claim(bob)).toEqual({ messages: [], waiting: 0, markdown: '' });
  });

  it('for a person goes to them in any project, or in the one that is named, and is hidden from everybody else', async () => {
    const [ann, bob] = colleagues();
    await send(ann, { to: null, recipient: personOf(bob), body: 'Anywhere.' });
    await send(ann, { to: api, recipient: personOf(bob), body: 'There.' });
    expect([await list(ann), await claimed(ann)]).toEqual([[], []]);
    expect(await claimed(bob, { projectId: web.projectId })).toEqual(['Anywhere.']);
    expect(await list(bob)).toEqual(['There.']);
    expect(await claimed(bob)).toEqual(['There.']);
  });

  it('has one winner among fifty claims at once', async () => {
    const [ann, bob] = colleagues();
    await send(ann);
    const answers = await Promise.all(Array.from({ length: 50 }, (_none, index) => claim(index % 2 === 0 ? ann : bob, { limit: 5 })));
    expect(answers.flatMap(({ messages }) => messages)).toHaveLength(1);
  });

  it('that has no room waits on, and the answer says so', async () => {
    const [ann, bob] = colleagues();
    await send(ann, { body: 'x'.repeat(1_500) });
    await send(ann, { body: 'y'.repeat(800) });
    expect(await claim(bob, { limit: 10, charsMax: 1_000 })).toMatchObject({ messages: [], waiting: 2, markdown: expect.stringContaining('2 messages wait') });
    expect(await claim(bob, { limit: 10, charsMax: 2_300 })).toMatchObject({ messages: [{}], waiting: 1, markdown: expect.stringContaining('1 more message waits') });
    expect(await claimed(bob)).toEqual(['y'.repeat(800)]);
  });

  it('waits again when the session that it was told turns out empty', async () => {
    const [ann, bob] = colleagues();
    await send(ann);
    await claim(bob, { nativeSessionId: 'empty' });
    const service = running.app.get(MessagesService, { strict: false });
    await service.giveBack(scopeOfService(ann.organisationId, 'compiler'), personOf(ann).userId, 'empty');
    expect(await list(bob)).toEqual([]);
    await service.giveBack(scopeOfService(ann.organisationId, 'compiler'), personOf(bob).userId, 'empty');
    expect(await claimed(bob)).toEqual(['The field is gone.']);
  });

  it('is withdrawn by who sent it, from where it was sent, as long as nobody has it', async () => {
    const [ann, bob] = colleagues();
    const cancel = (scope: TenantScope, { messageId }: Message, projectId = web.projectId) => running.bus.ask(scope, CancelMessage, { projectId, messageId });
    const message = await send(ann);
    await expect(cancel(bob, message)).rejects.toMatchObject({ code: 'not-found' });
    await expect(cancel(ann, message, api.projectId)).rejects.toMatchObject({ code: 'not-found' });
    expect(await cancel(ann, message)).toMatchObject({ message: { state: 'cancelled' } });
    expect(await claimed(bob)).toEqual([]);
    const taken = await send(ann);
    await claim(bob);
    await expect(cancel(ann, taken)).rejects.toMatchObject({ code: 'not-found' });
    const outbox = { projectId: web.projectId, box: 'outbox' as const };
    expect([await list(ann, { ...outbox, state: 'cancelled' }), await list(ann, { ...outbox, state: 'claimed' }), await list(ann, outbox), await list(bob, { ...outbox, state: 'claimed' })]).toMatchObject([[{}], [{}], [], []].map((each) => each.map(() => message.body)));
  });

  it('is given to nobody once it has expired, and goes a month later with the next one sent', async () => {
    const [ann, bob] = colleagues();
    const { messageId } = await send(ann);
    await database.inspect(`UPDATE memory.messages SET expires_at = now() - interval '1 second' WHERE message_id = $1`, [messageId]);
    expect([await claimed(bob), await list(bob), await list(bob, { state: 'expired' })]).toEqual([[], [], ['The field is gone.']]);
    await database.inspect(`UPDATE memory.messages SET expires_at = now() - interval '31 days' WHERE message_id = $1`, [messageId]);
    await send(ann, { body: 'Next.' });
    expect([await list(bob, { state: 'expired' }), await list(bob)]).toEqual([[], ['Next.']]);
  });
});

describe('sending is refused', () => {
  it.each<[string, Partial<InputOf<typeof SendMessage>>, string]>([
    ['to nobody', { to: null }, 'message.recipient-needed'],
    ['with more text than a session start has room for', { body: 'é'.repeat(MESSAGE_BYTES_MAX / 2 + 1) }, 'message.too-large'],
  ])('%s', async (_what, more, code) => {
    await expect(send(scopeForTest(), more)).rejects.toMatchObject({ code });
  });

  it("to the organisation's own project, where no session works", async () => {
    const ann = scopeForTest();
    await expect(send(ann, { to: { projectId: ann.organisationId, name: '_global/_global' } })).rejects.toMatchObject({ code: 'message.no-sessions-there' });
  });

  it(`beyond ${SENT_HOURLY_MAX} an hour by one person, also all at once`, async () => {
    const [ann, bob] = colleagues();
    const outcomes = await Promise.allSettled(Array.from({ length: SENT_HOURLY_MAX + 4 }, () => send(ann)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(SENT_HOURLY_MAX);
    await expect(send(ann)).rejects.toMatchObject({ code: 'message.too-many', kind: 'limited' });
    await send(bob);
  });

  it(`while ${INBOX_MAX} wait for the project or the person`, async () => {
    const [ann, bob] = colleagues();
    await send(ann, { recipient: personOf(bob) });
    await database.inspect(
      `INSERT INTO memory.messages SELECT (jsonb_populate_record(m, jsonb_build_object('message_id', gen_random_uuid(), 'from_user_id', gen_random_uuid()))).*
       FROM memory.messages m, generate_series(2, $2) WHERE organisation_id = $1`, [ann.organisationId, INBOX_MAX]);
    for (const more of [{ to: api }, { to: web, recipient: personOf(bob) }]) await expect(send(ann, more)).rejects.toMatchObject({ code: 'message.inbox-full', kind: 'limited' });
    await claim(bob);
    await send(ann);
  });

  it('by a service', async () => {
    await expect(send(scopeOfService(randomUUID(), 'compiler'))).rejects.toMatchObject({ code: 'message.user-needed' });
  });
});
