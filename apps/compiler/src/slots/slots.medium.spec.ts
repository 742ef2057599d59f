import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeleteSlot, type InputOf, ListSlots, type Slot, SLOT_BYTES_MAX, SLOTS_MAX, WriteSlot } from '#libs/contracts';
import { scopeOfService, type TenantScope } from '#libs/tenancy';
import { createTestDatabase, runForTest, scopeForTest, type TestDatabase, type TestProcess } from '#libs/testing';
import { SlotsModule } from './slots.module.js';

let database: TestDatabase;
let running: TestProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  running = await runForTest(database.db, [SlotsModule]);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const projectId = randomUUID();
const write = async (scope: TenantScope, slot: Partial<InputOf<typeof WriteSlot>> = {}): Promise<Slot> =>
  (await running.bus.ask(scope, WriteSlot, { projectId, name: 'branch', text: 'On main.', ...slot })).slot;
const remove = (scope: TenantScope, slot: Partial<InputOf<typeof DeleteSlot>> = {}) => running.bus.ask(scope, DeleteSlot, { projectId, name: 'branch', ...slot });
const list = async (scope: TenantScope, of: string | null = projectId): Promise<Slot[]> => (await running.bus.ask(scope, ListSlots, { projectId: of })).slots;
const names = async (scope: TenantScope, of?: string | null): Promise<string[]> => (await list(scope, of)).map(({ name }) => name);

describe('slots', () => {
  it('are told with the profile first, each set by name, and a project has no other project\'s', async () => {
    const ann = scopeForTest();
    for (const name of ['todo', 'branch']) await write(ann, { name });
    await write(ann, { name: 'style', projectId: null });
    await write(ann, { name: 'branch', projectId: null, text: 'Always rebase.' });
    await write(ann, { name: 'elsewhere', projectId: randomUUID() });
    expect((await list(ann)).map(({ name, projectId: of }) => [name, of])).toEqual([['branch', null], ['style', null], ['branch', projectId], ['todo', projectId]]);
    expect(await names(ann, null)).toEqual(['branch', 'style']);
  });

  it('are one person\'s: no colleague, no owner of the organisation and no service sees, replaces or deletes them', async () => {
    const ann = scopeForTest();
    const bob = scopeForTest(ann.organisationId, { role: 'owner' });
    const mine = await write(ann, { text: 'Only mine.' });
    expect(await list(bob)).toEqual([]);
    await write(bob, { text: 'Only his.' });
    await expect(remove(scopeForTest(ann.organisationId))).rejects.toMatchObject({ code: 'not-found' });
    await expect(list(scopeOfService(ann.organisationId, 'compiler'))).rejects.toMatchObject({ code: 'slot.user-needed' });
    expect(await list(ann)).toEqual([mine]);
  });
});

describe('writing a slot', () => {
  it('gives it another version, which a write and a delete can expect', async () => {
    const ann = scopeForTest();
    const first = await write(ann, { isCreateOnly: true, agent: 'codex' });
    const second = await write(ann, { text: 'On a branch.', expectedSlotId: first.slotId });
    expect([first.agent, second]).toMatchObject(['codex', { text: 'On a branch.', agent: null }]);
    await expect(write(ann, { expectedSlotId: first.slotId })).rejects.toMatchObject({ code: 'slot.precondition-failed', sentence: expect.stringContaining(second.slotId) });
    await expect(remove(ann, { expectedSlotId: first.slotId })).rejects.toMatchObject({ code: 'slot.precondition-failed' });
    await expect(write(ann, { isCreateOnly: true })).rejects.toMatchObject({ code: 'slot.precondition-failed' });
    await expect(write(ann, { name: 'none', expectedSlotId: first.slotId })).rejects.toMatchObject({ sentence: expect.stringContaining('no such slot now') });
    await remove(ann, { expectedSlotId: second.slotId });
    expect(await list(ann)).toEqual([]);
  });

  it('leaves an invariant alone unless its version is named', async () => {
    const ann = scopeForTest();
    const { slotId } = await write(ann, { kind: 'invariant' });
    for (const change of [() => write(ann, { text: 'Or not.' }), () => remove(ann)]) await expect(change()).rejects.toMatchObject({ code: 'slot.precondition-failed', sentence: expect.stringContaining(slotId) });
    expect(await write(ann, { text: 'Or not.', kind: 'state', expectedSlotId: slotId })).toMatchObject({ kind: 'state' });
    await remove(ann);
  });

  it('has one winner of any number that expect the same version', async () => {
    const ann = scopeForTest();
    const { slotId } = await write(ann);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_none, index) => write(ann, { text: `Number ${index}`, expectedSlotId: slotId })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it(`is refused beyond ${SLOTS_MAX} a set, also all at once, and beyond ${SLOT_BYTES_MAX} bytes`, async () => {
    const ann = scopeForTest();
    const outcomes = await Promise.allSettled(Array.from({ length: SLOTS_MAX + 5 }, (_none, index) => write(ann, { name: `n${index}` })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(SLOTS_MAX);
    await expect(write(ann, { name: 'more' })).rejects.toMatchObject({ code: 'slot.too-many' });
    await write(ann, { name: 'more', projectId: null, text: 'é'.repeat(SLOT_BYTES_MAX / 2) });
    await expect(write(ann, { name: 'more', projectId: null, text: 'é'.repeat(SLOT_BYTES_MAX / 2 + 1) })).rejects.toMatchObject({ code: 'slot.too-large', kind: 'too-large' });
  });
});
