import { z } from 'zod';
import { ListSlots } from '#libs/contracts';
import { row, type SlotRow, slotRow } from '../answer-rows.js';
import { fenced } from '../evidence.js';
import { SLOT_PLACE, slotPlace } from '../slot-place.js';
import { defineTool, READS } from '../tool.js';
import type { ScopeAnswer } from '../tool-scope.js';

export const listSlots = defineTool({
  name: 'memory_slot_list',
  permission: 'memory:read',
  title: 'Read slots',
  description: "Your user's own notes of this project and of their profile, whole: what your sessions are told of them at the start. Nobody else reads them.",
  input: z.object({ name: z.string().max(64).optional(), ...SLOT_PLACE }),
  output: z.object({ scope: row<ScopeAnswer>(), slots: z.array(row<SlotRow>()) }),
  annotations: READS,
  isRecall: true,
  run: async (context, { name, ...place }) => {
    const { projectId, scope } = await slotPlace(context, place, 'read');
    const { slots } = await context.ask(ListSlots, { projectId });
    return { scope, slots: slots.filter((slot) => name === undefined || slot.name === name).map(slotRow) };
  },
  render: ({ slots }) => (slots.length > 0 ? fenced(slots.map((slot) => `${slot.name} · ${slot.scope}, ${slot.kind}, slot_id ${slot.slot_id}, ${slot.updated_at}\n${slot.text}`).join('\n\n')) : 'No such slot.'),
});
