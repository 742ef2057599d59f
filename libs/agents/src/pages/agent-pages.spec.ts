import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { agentPages } from './agent-pages.js';

const DOCS = fileURLToPath(new URL('../../../../docs/', import.meta.url));
const pages = agentPages();

describe('the documentation of agents', () => {
  it.each([...pages.keys()])('says in %s what the code does (else: npm run docs:agents)', (path) => {
    expect(existsSync(DOCS + path) ? readFileSync(DOCS + path, 'utf8') : undefined).toBe(pages.get(path));
  });

  it('has no page of an agent that is not wired', () => {
    expect(readdirSync(`${DOCS}agents`).map((name) => `agents/${name}`).sort()).toEqual([...pages.keys()].filter((path) => path !== 'agents.md').sort());
  });
});
