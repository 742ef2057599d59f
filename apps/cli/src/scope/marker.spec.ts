import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findMarker } from './marker.js';

let root: string;
let home: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'marker-')));
  home = join(root, 'home', 'dev');
  mkdirSync(join(home, 'src', 'api', 'deep'), { recursive: true });
});

function mark(folder: string, text: string): string {
  const path = join(folder, '.ai-memory.toml');
  writeFileSync(path, text);
  return path;
}

describe('the marker of a folder', () => {
  it('is the nearest above it', () => {
    mark(home, 'workspace = "home"');
    const path = mark(join(home, 'src', 'api'), 'workspace = "acme"\nproject = "api" # ours\n[capture]\nignore_paths = ["x"]\n');
    expect(findMarker(join(home, 'src', 'api', 'deep'), home)).toEqual({ path, workspace: 'acme', project: 'api' });
  });

  it('is looked for up to the home folder, and not above', () => {
    mark(join(root, 'home'), 'workspace = "too-far"');
    expect(findMarker(join(home, 'src'), home)).toBeUndefined();
    mark(home, 'workspace = "mine"');
    expect(findMarker(join(home, 'src'), home)).toMatchObject({ workspace: 'mine' });
  });

  it("is looked for up to the checkout's root", () => {
    mark(home, 'workspace = "outside"');
    mkdirSync(join(home, 'src', 'api', '.git'));
    expect(findMarker(join(home, 'src', 'api', 'deep'), '/nowhere')).toBeUndefined();
  });

  it('that speaks of capture alone lets the one above speak', () => {
    mark(join(home, 'src'), 'workspace = "acme"');
    mark(join(home, 'src', 'api'), '[capture]\nignore_paths = ["secret/**"]\n');
    expect(findMarker(join(home, 'src', 'api'), home)).toMatchObject({ workspace: 'acme' });
  });

  it.each([
    ['no TOML', 'workspace = ', 'is not valid TOML'],
    ['a name that can not be', 'workspace = "Acme Corp"', 'workspace must be lowercase'],
    ['a name of another type', 'project = 1', 'project'],
    ['too much', `# ${'x'.repeat(70_000)}`, 'larger than 64 KiB'],
  ])('is refused with %s, rather than passed over', (_what, text, sentence) => {
    mark(home, text);
    expect(() => findMarker(home, home)).toThrow(sentence);
  });
});
