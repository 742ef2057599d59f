import { serve } from '#libs/runtime';
import { CompilerModule } from './compiler.module.js';

await serve('compiler', CompilerModule);
