import { z } from 'zod';
import { SlotKind, SlotName, WriteSlot } from '#libs/contracts';
import { Fault, INVALID_INPUT } from '#libs/faults';
import { fitToStore } from '#libs/redaction';
import { row } from '../answer-rows.js';
import { knownAgentOf } from '../caller.js';
import { SLOT_PLACE, slotPlace } from '../slot-place.js';
import { defineTool, WRITES } from '../tool.js';
import type { ScopeAnswer } from '../tool-scope.js';

export const writeSlot = defineTool({
  name: 'memory_slot_write',
  permission: 'memory:write',
  title: 'Write slot',
  description: "Write a small note that your user's every session here is told, or everywhere with scope profile (how they work, which tools and style). Only when they say so. An invariant is replaced only by expected_slot_id.",
  input: z.object({
    name: SlotName, text: z.string().min(1).max(4_096), kind: SlotKind.default('state'), expected_slot_id: z.uuid().optional(), create_only: z.boolean().optional(), ...SLOT_PLACE,
  }),
  output: z.object({ scope: row<ScopeAnswer>(), name: z.string(), slot_id: z.string(), redactions: z.number() }),
  annotations: WRITES,
  run: async (context, { name, text, kind, expected_slot_id: expectedSlotId, create_only: isCreateOnly = false, ...place }) => {
    if (isCreateOnly && expectedSlotId) throw new Fault(INVALID_INPUT, { sentence: 'Pass expected_slot_id or create_only, not both.' });
    const { projectId, scope } = await slotPlace(context, place, 'write');
    const { value, redactions } = fitToStore(text);
    const { slot } = await context.ask(WriteSlot, { projectId, name, kind, text: value, agent: knownAgentOf(context.caller), expectedSlotId, isCreateOnly });
    return { scope, name, slot_id: slot.slotId, redactions };
  },
  render: ({ name, slot_id, redactions }) => `${name}: written, slot_id ${slot_id}.${redactions > 0 ? ` ${redactions} secrets were replaced.` : ''}`,
});
