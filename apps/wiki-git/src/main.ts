import { serve } from '#libs/runtime';
import { WikiGitModule } from './wiki-git.module.js';

await serve('wiki-git', WikiGitModule);
