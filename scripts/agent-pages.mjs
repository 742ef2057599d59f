import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agentPages } from '../dist/libs/agents/src/index.js';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));

rmSync(`${docs}agents`, { recursive: true, force: true });
mkdirSync(`${docs}agents`);
for (const [path, text] of agentPages()) writeFileSync(docs + path, text);
