import { z } from 'zod';

/*
 * What models are asked for. Plain shapes without optional fields or bounds, which every provider's schema dialect takes;
 * bounds are applied to what comes back.
 */

const Claim = z.object({ text: z.string(), events: z.array(z.number()) });
export type Claim = z.infer<typeof Claim>;

/** No rules: what agents are to obey is written by people. */
export const ConsolidatedKind = z.enum(['decision', 'gotcha', 'procedure', 'concept']);
export type ConsolidatedKind = z.infer<typeof ConsolidatedKind>;

const ProposedPage = z.object({ kind: ConsolidatedKind, title: z.string(), tags: z.array(z.string()), claims: z.array(Claim) });
export type ProposedPage = z.infer<typeof ProposedPage>;

/** A whole session. */
export const Consolidation = z.object({ summary: z.array(Claim), open_questions: z.array(Claim), next_steps: z.array(Claim), pages: z.array(ProposedPage) });
export type Consolidation = z.infer<typeof Consolidation>;

/** A part of a long session. */
export const Notes = z.object({ notes: z.array(z.object({ about: z.enum(['done', 'open_question', 'next_step', ...ConsolidatedKind.options]), text: z.string(), events: z.array(z.number()) })) });
export type Notes = z.infer<typeof Notes>;
