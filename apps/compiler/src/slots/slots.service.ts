import { Injectable } from '@nestjs/common';
import { type DeleteSlot, type ParsedInputOf, type Slot, SLOT_BYTES_MAX, SLOTS_MAX, type WriteSlot } from '#libs/contracts';
import { TenantDb } from '#libs/database';
import { defineFault, Fault, NOT_FOUND } from '#libs/faults';
import { type TenantScope, userOf } from '#libs/tenancy';
import { SlotsRepository } from './slots.repository.js';

const USER_NEEDED = defineFault('slot.user-needed', 'forbidden', 'Slots belong to people; a service has none.');
const TOO_LARGE = defineFault('slot.too-large', 'too-large', `A slot may have ${SLOT_BYTES_MAX} bytes: it is told in every session. Write a page, and name it in the slot.`);
const TOO_MANY = defineFault('slot.too-many', 'conflict', `There are ${SLOTS_MAX} slots here already. Delete one, or write into one that there is.`);
const PRECONDITION_FAILED = defineFault('slot.precondition-failed', 'conflict', 'The slot is not as you expected. Read it, merge, write again.');

type Guard = Pick<ParsedInputOf<typeof WriteSlot>, 'expectedSlotId'> & { isCreateOnly?: boolean };

/** What a person's sessions are always told: of one project, or of them all. */
@Injectable()
export class SlotsService {
  constructor(private readonly db: TenantDb, private readonly slots: SlotsRepository) {}

  list(scope: TenantScope, projectId: string | null): Promise<Slot[]> {
    const ownerId = ownerOf(scope);
    return this.db.read(scope, (tx) => this.slots.list(tx, ownerId, projectId));
  }

  /** Makes or replaces the slot as one version. Of writers that expect the same one, one wins. */
  write(scope: TenantScope, { expectedSlotId, isCreateOnly, ...slot }: ParsedInputOf<typeof WriteSlot>): Promise<Slot> {
    const ownerId = ownerOf(scope);
    if (Buffer.byteLength(slot.text) > SLOT_BYTES_MAX) throw new Fault(TOO_LARGE);
    return this.db.run(scope, async (tx) => {
      await this.slots.serialise(tx, ownerId);
      const there = (await this.slots.list(tx, ownerId, slot.projectId)).filter(({ projectId }) => projectId === slot.projectId);
      const current = there.find(({ name }) => name === slot.name);
      requireExpected(current, { expectedSlotId, isCreateOnly });
      if (!current && there.length >= SLOTS_MAX) throw new Fault(TOO_MANY);
      return this.slots.put(tx, ownerId, slot);
    });
  }

  delete(scope: TenantScope, { projectId, name, expectedSlotId }: ParsedInputOf<typeof DeleteSlot>): Promise<Slot> {
    const ownerId = ownerOf(scope);
    return this.db.run(scope, async (tx) => {
      await this.slots.serialise(tx, ownerId);
      const current = (await this.slots.list(tx, ownerId, projectId)).find((slot) => slot.projectId === projectId && slot.name === name);
      if (!current) throw new Fault(NOT_FOUND, { sentence: 'You have no such slot.' });
      requireExpected(current, { expectedSlotId });
      await this.slots.remove(tx, ownerId, projectId, name);
      return current;
    });
  }
}

/** An invariant is never changed unread: who changes it names its version. */
function requireExpected(current: Slot | undefined, { expectedSlotId, isCreateOnly }: Guard): void {
  const now = current ? `It is at slot_id ${current.slotId} now.` : 'There is no such slot now.';
  const isOther = expectedSlotId !== undefined && expectedSlotId !== current?.slotId;
  if (isOther || (isCreateOnly && current)) throw new Fault(PRECONDITION_FAILED, { sentence: `${PRECONDITION_FAILED.sentence} ${now}` });
  if (current?.kind === 'invariant' && expectedSlotId === undefined) throw new Fault(PRECONDITION_FAILED, { sentence: `An invariant is changed only by who names its version. ${now}` });
}

function ownerOf(scope: TenantScope): string {
  const user = userOf(scope);
  if (!user) throw new Fault(USER_NEEDED);
  return user.userId;
}
