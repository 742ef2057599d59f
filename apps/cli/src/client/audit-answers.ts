import { z } from 'zod';

const Place = z.looseObject({ position: z.int(), hash: z.string() });

export const AuditAnswer = z.looseObject({
  entries: z.array(z.looseObject({
    position: z.int(),
    entry: z.looseObject({ at: z.string(), action: z.string(), target: z.string(), count: z.int(), actor: z.looseObject({ id: z.string(), name: z.string().nullable() }), from: z.looseObject({ address: z.string().nullable() }) }),
  })),
  next_cursor: z.string().nullable(),
});
export const VerifyAnswer = z.looseObject({ ok: z.boolean(), entries: z.int(), anchor: Place, head: Place, broken: z.looseObject({ position: z.int(), reason: z.string() }).nullable() });
export const AuditRetentionAnswer = z.looseObject({ retention_days: z.int().nullable() });

const PerMinute = z.looseObject({ requests: z.int(), events: z.int(), searches: z.int() });
const Limits = z.looseObject({ token: PerMinute, user: PerMinute, organisation: PerMinute, stored: z.looseObject({ rows: z.number(), bytes: z.number() }) }).nullable();
const Amount = z.looseObject({ rows: z.number(), bytes: z.number() });

export const UsageAnswer = z.looseObject({
  limits: Limits,
  days: z.array(z.looseObject({ day: z.string(), requests: z.number(), events: z.number(), searches: z.number(), refused: z.number() })),
  stored: z.looseObject({ observations: Amount, pages: Amount }),
  models: z.looseObject({ month: z.string(), calls: z.int(), cost_usd: z.number(), tokens: z.number(), monthly_cap_usd: z.number().nullable(), monthly_cap_tokens: z.number() }),
});
export const LimitsAnswer = z.looseObject({ limits: Limits, changes: z.looseObject({}) });
