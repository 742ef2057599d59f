import { z } from 'zod';
import { changedLimits, LimitChanges, type Limits, LIMITS_DEFAULT } from './limits.js';

/** What the setting says: defaults with changes, or null for none. */
function limitsIn(text: string, context: z.RefinementCtx): Limits | null {
  if (text === 'off') return null;
  const changes = LimitChanges.safeParse(jsonOf(text));
  if (changes.success) return changedLimits(LIMITS_DEFAULT, changes.data);
  context.addIssue({ code: 'custom', message: 'must be "off" or a JSON object such as {"token": {"requests": 3000}}' });
  return z.NEVER;
}

export const LimitsConfig = z.object({
  AI_MEMORY_LIMITS: z.string().default('{}').transform(limitsIn).describe('What every organisation may use unless the operator allows it another amount: a JSON object of what is other than the default, or `off`.'),
});
/** Injection token of the parsed section. */
export const LIMITS_CONFIG = Symbol('LimitsConfig');
export type LimitsConfig = z.output<typeof LimitsConfig>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
