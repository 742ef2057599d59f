import { z } from 'zod';
import { type DeleteSlot, type InputOf, type Slot, SLOT_BYTES_MAX, SlotKind, SlotName, type WriteSlot } from '#libs/contracts';
import { Fault, INVALID_INPUT } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import { IfAbsent, IfMatch, pageIdOf } from './page-version.js';

export const SlotView = z.object({
  name: z.string(),
  everywhere: z.boolean().describe('Of the profile: told in every project.'),
  kind: SlotKind,
  text: z.string(),
  slot_id: z.uuid().describe('This version of it.'),
  agent: z.string().nullable(),
  updated_at: z.iso.datetime(),
}).meta({ id: 'Slot' });

/** What writes and deletes of slots take besides their place. */
export const SlotMatch = IfMatch.describe('Changes only this version: the ETag of the slot. An invariant is changed in no other way.');
export const SlotAbsent = IfAbsent.describe('`*` writes only where there is no slot yet.');
export const SlotBody = z.strictObject({ text: z.string().min(1).max(4_096).describe(`At most ${SLOT_BYTES_MAX} bytes, once secrets are replaced.`), kind: SlotKind.default('state') });

interface WriteHeaders { 'if-match'?: string | undefined; 'if-none-match'?: '*' | undefined }

export function slotView({ name, projectId, kind, text, slotId, agent, updatedAt }: Slot): z.output<typeof SlotView> {
  return { name, everywhere: projectId === null, kind, text, slot_id: slotId, agent, updated_at: updatedAt };
}

/** Throws `input.invalid` for a name that no slot can have. */
export function slotChange(projectId: string | null, name: string, headers: WriteHeaders, body: z.output<typeof SlotBody>): InputOf<typeof WriteSlot> {
  const named = SlotName.safeParse(name);
  if (!named.success) throw new Fault(INVALID_INPUT, { sentence: `path.slot: ${named.error.issues[0]!.message}` });
  return { projectId, name, kind: body.kind, text: fitToStore(body.text).value, expectedSlotId: pageIdOf(headers['if-match']), isCreateOnly: headers['if-none-match'] === '*' };
}

export function slotRemoval(projectId: string | null, name: string, headers: WriteHeaders): InputOf<typeof DeleteSlot> {
  return { projectId, name, expectedSlotId: pageIdOf(headers['if-match']) };
}
