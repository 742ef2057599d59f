import { z } from 'zod';

export const WikiGitConfig = z.object({
  AI_MEMORY_DATA_DIR: z.string().min(1).describe('Folder for what is kept on disk; the repositories are in `repositories/<organisation>/<project>.git`.'),
  PATH: z.string().default('/usr/local/bin:/usr/bin:/bin').describe('Where git (2.36 or newer) is looked for.'),
});
export type WikiGitConfig = z.output<typeof WikiGitConfig>;

/** Injection token of the parsed section. */
export const WIKI_GIT_CONFIG = Symbol('WikiGitConfig');
