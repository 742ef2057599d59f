import { z } from 'zod';
import { Fault, INVALID_INPUT } from '#libs/faults';
import { isPagePath } from '#libs/wiki-format';

/** The last page of an answer, by what it is ordered by. Holds nothing that the reader has not seen. */
const Cursor = z.discriminatedUnion('order', [
  z.object({ order: z.literal('recent'), updatedAt: z.iso.datetime(), revision: z.number().int(), projectId: z.uuid() }),
  z.object({ order: z.literal('path'), path: z.string().refine((path): boolean => isPagePath(path)), projectId: z.uuid() }),
]);
export type Cursor = z.infer<typeof Cursor>;

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws `input.invalid` for anything that no answer in this order has given. */
export function decodeCursor(text: string, order: Cursor['order']): Cursor {
  const cursor = Cursor.safeParse(jsonOf(Buffer.from(text, 'base64url').toString()));
  if (!cursor.success || cursor.data.order !== order) throw new Fault(INVALID_INPUT, { sentence: 'cursor: is not one that was given for this order' });
  return cursor.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
