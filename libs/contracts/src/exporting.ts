import { z } from 'zod';
import { request, type RequestContract } from './define.js';

const Input = z.object({
  of: z.union([z.object({ projectId: z.uuid() }), z.object({ userId: z.uuid() }), z.literal('organisation')]),
  /** As the answer before gave it; null at the beginning. */
  after: z.string().max(4_096).nullable(),
});
const Output = z.object({
  rows: z.array(z.object({ table: z.string(), row: z.record(z.string(), z.unknown()) })),
  next: z.string().nullable(),
});

/** A piece of what an app holds of a project, a person or the organisation, row by row; `next` is null with the last. Of slots only the caller's own. */
export function exporting(subject: string): RequestContract<typeof Input, typeof Output> {
  return request(subject, { permission: 'self', input: Input, output: Output, timeoutMs: 30_000 });
}
