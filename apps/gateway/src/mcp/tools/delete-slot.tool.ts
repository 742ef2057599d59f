import { z } from 'zod';
import { DeleteSlot } from '#libs/contracts';
import { row } from '../answer-rows.js';
import { SLOT_PLACE, slotPlace } from '../slot-place.js';
import { defineTool, WRITES } from '../tool.js';
import type { ScopeAnswer } from '../tool-scope.js';

export const deleteSlot = defineTool({
  name: 'memory_slot_delete',
  permission: 'memory:write',
  title: 'Delete slot',
  description: "Delete one of your user's slots, for good.",
  input: z.object({ name: z.string().min(1).max(64), expected_slot_id: z.uuid().optional(), ...SLOT_PLACE }),
  output: z.object({ scope: row<ScopeAnswer>(), name: z.string() }),
  annotations: { ...WRITES, destructiveHint: true },
  run: async (context, { name, expected_slot_id: expectedSlotId, ...place }) => {
    const { projectId, scope } = await slotPlace(context, place, 'write');
    const { slot } = await context.ask(DeleteSlot, { projectId, name, expectedSlotId });
    return { scope, name: slot.name };
  },
  render: ({ name }) => `${name}: deleted.`,
});
