import { z } from 'zod';
import { redactText } from '#libs/redaction';

/** A line that people read and nothing redacts: refused where it holds what looks like a secret, which is named by its kind alone. */
export function plainLine(charsMax: number) {
  return z.string().trim().min(1).max(charsMax).superRefine((text, context) => {
    const kinds = Object.keys(redactText(text).findings);
    if (kinds.length > 0) context.addIssue({ code: 'custom', message: `holds what looks like a secret (${kinds.join(', ')})` });
  });
}
