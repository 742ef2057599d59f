import { serve } from '#libs/runtime';
import { IngestModule } from './ingest.module.js';

await serve('ingest', IngestModule);
