import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtFiles } from './built-files.js';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ai-memory-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'assets'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it('has each file of the folder in every form that was built, and knows packed ones as forms only', () => {
  const files = builtFiles(folderWith({ 'index.html': '<p>', 'assets/a-1.js': 'x', 'assets/a-1.js.br': 'b', 'assets/a-1.js.gz': 'z', 'assets/a.js.map': '{}', '.stamp': 's' }));
  expect([...files.keys()].sort()).toEqual(['assets/a-1.js', 'index.html']);
  expect([...files.get('assets/a-1.js')!.forms].map(([encoding, bytes]) => `${encoding} ${bytes.toString()}`)).toEqual(['br b', 'gzip z', 'identity x']);
  expect(files.get('index.html')).toMatchObject({ mediaType: 'text/html; charset=utf-8', hash: expect.stringMatching(/^[\w-]{22}$/) });
});

it('is empty where the web was not built', () => expect(builtFiles('/nowhere').size).toBe(0));
