import { z } from 'zod';

export const SystemAnswer = z.looseObject({
  version: z.string(),
  services: z.array(z.looseObject({ name: z.string(), reachable: z.boolean(), milliseconds: z.number() })),
  outboxes: z.array(z.looseObject({ app: z.string(), waiting: z.number(), oldest_seconds: z.number() })),
  index: z.looseObject({ organisations_behind: z.number() }),
  dead_letters: z.looseObject({ total: z.number() }),
});

const DeadLetter = z.looseObject({ dead_letter_id: z.string(), subject: z.string(), listener: z.string(), code: z.string(), burials: z.number(), buried_at: z.string() });
export const DeadLettersAnswer = z.looseObject({ dead_letters: z.array(DeadLetter) });
export const DeadLetterAnswer = z.looseObject({ dead_letter: DeadLetter });

export const CreatedOrganisationAnswer = z.looseObject({
  organisation: z.looseObject({ organisation_id: z.string(), name: z.string() }), token: z.looseObject({ token: z.string() }),
});
