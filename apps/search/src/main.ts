import { serve } from '#libs/runtime';
import { SearchModule } from './search.module.js';

await serve('search', SearchModule);
