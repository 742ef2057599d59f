import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agentPages } from '../dist/libs/agents/src/index.js';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
const pages = agentPages();

rmSync(`${docs}agents`, { recursive: true, force: true });
mkdirSync(`${docs}agents`);
for (const [path, text] of pages) writeFileSync(docs + path, text);
