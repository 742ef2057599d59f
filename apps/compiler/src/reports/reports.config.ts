import { z } from 'zod';

export const ReportsConfig = z.object({
  AI_MEMORY_REPORT_HOUR: z.string().regex(/^(off|\d|1\d|2[0-3])$/, 'must be an hour from 0 to 23, or off').default('1').transform((hour) => (hour === 'off' ? hour : Number(hour)))
    .describe('From which hour (UTC) on the report of the day before is written; `off`: no reports.'),
});
export type ReportsConfig = z.output<typeof ReportsConfig>;

/** Injection token of the parsed section. */
export const REPORTS_CONFIG = Symbol('ReportsConfig');
