import { z } from 'zod';
import { request, type RequestContract } from './define.js';

const Input = z.object({
  /** Null for all that the organisation has. */
  projectId: z.uuid().nullable(),
});
const Output = z.object({
  /** That went now, by table. */
  rows: z.record(z.string(), z.number().int()),
  /** Nothing is left that this app had at the beginning. */
  isDone: z.boolean(),
});

/**
 * Takes some of what an app holds of a project or organisation that is being erased, for good; asked again until it is done. The gateway
 * asks it once the erasure is on record.
 */
export function erasing(subject: string): RequestContract<typeof Input, typeof Output> {
  return request(subject, { input: Input, output: Output, permission: 'service', isChange: true, timeoutMs: 60_000 });
}
