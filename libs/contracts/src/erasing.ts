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

/**
 * Takes what an app holds of a person who is being erased. Subjects of their own, not the ones above: an app of a release before, which
 * did not know of the person, would take all of the organisation.
 */
export function erasingUser<I extends z.ZodRawShape, O extends z.ZodRawShape>(subject: string, { input, output }: { input: I; output: O }) {
  return request(subject, {
    input: z.object({ userId: z.uuid(), ...input }),
    output: z.object({ rows: Output.shape.rows, ...output }),
    permission: 'service', isChange: true, timeoutMs: 60_000,
  });
}
