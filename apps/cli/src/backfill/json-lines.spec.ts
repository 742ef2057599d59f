import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROKEN, readJsonLines } from './json-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'json-lines-'));

async function read(text: string, lineBytesMax?: number): Promise<unknown[]> {
  const path = join(folder, 'records.jsonl');
  writeFileSync(path, text);
  return Readable.from(readJsonLines(path, lineBytesMax)).toArray();
}

describe('readJsonLines', () => {
  it.each<[string, string, unknown[]]>([
    ['records, whatever ends their lines', '{"a":1}\r\n\n[2]\n', [{ a: 1 }, [2]]],
    ['a last line without an end', '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ['nothing for a last line that is in the making', '{"a":1}\n{"a":', [{ a: 1 }]],
    ['what is around a broken line', '{"a":1}\nnonsense\n{"a":2}\n', [{ a: 1 }, BROKEN, { a: 2 }]],
    ['nothing of an empty file', '', []],
  ])('gives %s', async (_what, text, records) => {
    expect(await read(text)).toEqual(records);
  });

  it('passes over a line that is too long, also where it spans many chunks', async () => {
    expect(await read(`{"a":1}\n"${'x'.repeat(300_000)}"\n{"a":2}\n`, 1_000)).toEqual([{ a: 1 }, BROKEN, { a: 2 }]);
  });

  it('gives each record whole, wherever chunks end', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ text: fc.string({ unit: 'binary', maxLength: 50 }), times: fc.nat(3_000) }), { maxLength: 6 }), async (parts) => {
      const records = parts.map(({ text, times }) => ({ text: text.repeat(times) }));
      expect(await read(records.map((record) => `${JSON.stringify(record)}\n`).join(''))).toEqual(records);
    }), { numRuns: 30 });
  });
});
