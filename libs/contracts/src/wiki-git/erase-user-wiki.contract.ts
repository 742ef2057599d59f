import { z } from 'zod';
import { erasingUser } from '../erasing.js';

/**
 * Names a person nowhere any more: in no commit, frontmatter or row; what they wrote for others stays. Asked again from `next` on
 * until that is null, and until nothing is open: histories are rewritten after the answer, as purges are.
 */
export const EraseUserWiki = erasingUser('wiki-git.erase-user-wiki.v1', {
  input: { name: z.string(), email: z.string(), after: z.uuid().nullable() },
  output: { open: z.number().int(), next: z.uuid().nullable() },
});
