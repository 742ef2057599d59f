import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Ledger } from './ledger.js';
import type { Source } from './source.js';

const source = (name: string, mark: string): Source => ({ agent: 'codex', name, mark, modifiedAt: new Date(0), records: async function* () {} });

it('knows what was finished, for one server and as long as nothing was added, also after a line that a crash cut off', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'state', 'backfill.jsonl');
  const ledger = new Ledger(path, 'http://a');
  ledger.add(source('x', '1'), { events: 3, sessions: 1 });
  appendFileSync(path, '\n{"server_url":"http://a","sou');
  ledger.add(source('y', '1'), { events: 4, sessions: 0 });
  const again = new Ledger(path, 'http://a');
  expect([again.find(source('x', '1')), again.find(source('y', '1'))]).toMatchObject([{ events: 3, sessions: 1 }, { events: 4, sessions: 0 }]);
  expect([again.find(source('x', '2')), again.find(source('z', '1')), new Ledger(path, 'http://b').find(source('x', '1'))]).toEqual([undefined, undefined, undefined]);
});
