import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessPage } from '../dist/test/access/access-page.js';

writeFileSync(fileURLToPath(new URL('../docs/access.md', import.meta.url)), accessPage());
