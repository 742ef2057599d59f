import { z } from 'zod';
import { request } from '../define.js';

/** `state`: what is so now, replaced freely. `invariant`: replaced or deleted only by who names the version that they have read. */
export const SlotKind = z.enum(['state', 'invariant']);
export type SlotKind = z.infer<typeof SlotKind>;

/** Of one slot's text, once secrets are replaced. */
export const SLOT_BYTES_MAX = 2_048;
/** In each project, and in the profile. */
export const SLOTS_MAX = 16;

export const SlotName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, and begin with a letter or a digit');

/** A small note that its owner's sessions are always told, and nobody else's. */
export const Slot = z.object({
  /** One version of it. */
  slotId: z.uuid(),
  /** Null for those of the profile, which hold in every project. */
  projectId: z.uuid().nullable(),
  name: SlotName,
  kind: SlotKind,
  text: z.string(),
  /** That wrote it; null where none is known. */
  agent: z.string().nullable(),
  updatedAt: z.iso.datetime(),
});
export type Slot = z.infer<typeof Slot>;

const Place = { projectId: z.uuid().nullable() };

/** The caller's own: those of the profile and, of a project, its own after them; each by name. */
export const ListSlots = request('compiler.list-slots.v1', {
  permission: 'memory:read',
  input: z.object(Place),
  output: z.object({ slots: z.array(Slot) }),
  timeoutMs: 2_000,
});

/** Fails with `slot.precondition-failed` where the slot is not the version that was expected, or is an invariant and none was. */
export const WriteSlot = request('compiler.write-slot.v1', {
  permission: 'memory:write',
  input: z.object({
    ...Place, name: SlotName, kind: SlotKind.default('state'), text: z.string().min(1).max(16_384), agent: z.string().max(64).nullable().default(null),
    expectedSlotId: z.uuid().optional(), isCreateOnly: z.boolean().default(false),
  }),
  output: z.object({ slot: Slot }),
  isChange: true,
  timeoutMs: 2_000,
});

/** Fails with `not-found`, and as `WriteSlot` does. */
export const DeleteSlot = request('compiler.delete-slot.v1', {
  permission: 'memory:write',
  input: z.object({ ...Place, name: z.string().max(64), expectedSlotId: z.uuid().optional() }),
  output: z.object({ slot: Slot }),
  isChange: true,
  timeoutMs: 2_000,
});
