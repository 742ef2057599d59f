import { redactText } from '#libs/redaction';
import { z } from 'zod';

const TITLE_CHARS_MAX = 300;
const TAGS_MAX = 50;
const REASON_CHARS_MAX = 500;

/** What of a page a webhook may give another form, and nothing else. */
const PageMutation = z.strictObject({
  path: z.string(),
  title: z.string().min(1).max(TITLE_CHARS_MAX).optional(),
  body: z.string().optional(),
  tags: z.array(z.string().min(1).max(100)).max(TAGS_MAX).optional(),
});
export type PageMutation = z.output<typeof PageMutation>;

const Answer = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('allow') }),
  z.object({ decision: z.literal('reject'), reason: z.string().default('') }),
  z.object({ decision: z.literal('mutate'), pages: z.array(PageMutation).max(16) }),
]);
export type WebhookAnswer = z.output<typeof Answer>;

/**
 * What a webhook decided; undefined where its answer is none: another status than 200 or 204, no JSON, or a mutation of one that may
 * only reject, of a page that it was not asked about, or of a body of which it has seen a part.
 */
export function parseAnswer(status: number, text: string, { mayMutate, paths, cut }: { mayMutate: boolean; paths: ReadonlySet<string>; cut: ReadonlySet<string> }): WebhookAnswer | undefined {
  if (status === 204) return { decision: 'allow' };
  const answer = status === 200 ? Answer.safeParse(jsonOf(text)).data : undefined;
  if (answer?.decision === 'reject') return { ...answer, reason: redactText(answer.reason.replace(/\p{C}/gu, ' ').trim()).text.slice(0, REASON_CHARS_MAX) };
  if (answer?.decision !== 'mutate') return answer;
  const isFitting = answer.pages.every(({ path, body }) => paths.has(path) && !(body !== undefined && cut.has(path)));
  return mayMutate && isFitting ? answer : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
