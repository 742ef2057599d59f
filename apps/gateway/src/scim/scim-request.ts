import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Fault, NOT_FOUND } from '#libs/faults';
import { isDeeperThan } from '../http/json-depth.js';
import { isStorable } from '../http/storable.js';
import { PAGE_ROWS_MAX } from './scim-documents.js';
import { type Condition, parseFilter } from './scim-path.js';
import { PatchOp } from './scim-patch.js';
import { SCIM_FILTER, SCIM_VALUE } from './scim.faults.js';

const ROWS_DEFAULT = 100;
/** Far beyond any directory's, and far less than what recursion over it can take. */
const BODY_LEVELS_MAX = 64;

/** Out of bounds means the nearest that is within, as RFC 7644 has it. */
const Page = z.object({
  startIndex: z.coerce.number().int().catch(1).transform((index) => Math.max(1, Math.min(index, 1_000_000))).default(1),
  count: z.coerce.number().int().catch(ROWS_DEFAULT).transform((count) => Math.max(0, Math.min(count, PAGE_ROWS_MAX))).default(ROWS_DEFAULT),
  filter: z.string().optional().catch(undefined),
  excludedAttributes: z.string().optional().catch(undefined),
});

/** The body, as a handler's parameter. Throws `scim.value` for texts that can't be stored, and for more than 64 levels. */
export const ScimBody = createParamDecorator((_of: undefined, context: ExecutionContext): unknown => {
  const { body } = context.switchToHttp().getRequest<Request>();
  if (isDeeperThan(BODY_LEVELS_MAX, body)) throw new Fault(SCIM_VALUE, { sentence: `Values may be nested ${BODY_LEVELS_MAX} levels deep.` });
  if (!isStorable(body)) throw new Fault(SCIM_VALUE, { sentence: 'A text holds a NUL or an unpaired surrogate.' });
  return body;
});

export interface ListRequest<Filter> {
  startIndex: number;
  count: number;
  filter: Filter | null;
  hasMembers: boolean;
}

/** What a list is asked for. Throws `scim.filter` for more than one equality, for attributes that are not looked up, and for what is no text. */
export function listRequest<Filter extends Condition>({ query }: Request, mayAsk: (condition: Condition) => boolean): ListRequest<Filter> {
  const { startIndex, count, filter, excludedAttributes } = Page.parse(query);
  const conditions = filter === undefined ? [] : parseFilter(filter);
  if (conditions.length > 1 || !conditions.every(mayAsk) || !isStorable(conditions)) throw new Fault(SCIM_FILTER);
  return { startIndex, count, filter: (conditions[0] as Filter | undefined) ?? null, hasMembers: !(excludedAttributes ?? '').split(',').some((name) => name.trim().toLowerCase() === 'members') };
}

export function patchOf(body: unknown): PatchOp {
  const parsed = PatchOp.safeParse(body);
  if (!parsed.success) throw new Fault(SCIM_VALUE, { sentence: 'Not a valid patch: Operations of add, replace or remove are wanted.' });
  return parsed.data;
}

/** What is no id is nobody's. */
export function idOf(text: string): string {
  if (!z.uuid().safeParse(text).success) throw new Fault(NOT_FOUND);
  return text;
}
