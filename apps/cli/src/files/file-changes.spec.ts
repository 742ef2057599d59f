import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from './file-changes.js';

const NOW = new Date('2026-11-23T10:00:00.000Z');
const STAMP = '2026-11-23T10-00-00.000Z';
const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

let folder: string;
let backups: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'changes-'));
  backups = join(folder, 'backups');
});

function file(name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('a change', () => {
  it('replaces the text, keeps the mode, and leaves nothing else behind', async () => {
    const path = file('settings.json', 'old', 0o640);
    const applied = await applyChanges([{ path, before: 'old', after: 'new' }], backups, NOW);
    expect([readFileSync(path, 'utf8'), modeOf(path)]).toEqual(['new', '640']);
    expect(readdirSync(folder).sort()).toEqual(['backups', 'settings.json']);
    expect(applied).toEqual({ paths: [path], backup: join(backups, STAMP) });
  });

  it('is preceded by a copy that only its owner can read', async () => {
    const path = file('settings.json', 'old');
    await applyChanges([{ path, before: 'old', after: 'new' }], backups, NOW);
    const [copy] = readdirSync(join(backups, STAMP));
    expect(copy).toMatch(/changes-\w+__settings\.json$/);
    expect(readFileSync(join(backups, STAMP, copy!), 'utf8')).toBe('old');
    expect([modeOf(join(backups, STAMP)), modeOf(join(backups, STAMP, copy!))]).toEqual(['700', '600']);
  });

  it('makes folders and a file for its owner alone, and no copy of nothing', async () => {
    const path = join(folder, 'a', 'b', 'new.json');
    expect((await applyChanges([{ path, before: null, after: 'new' }], backups, NOW)).backup).toBeNull();
    expect([readFileSync(path, 'utf8'), modeOf(path), existsSync(backups)]).toEqual(['new', '600', false]);
  });

  it('gives a file the mode that it must have', async () => {
    const path = file('hook.sh', 'old', 0o600);
    await applyChanges([{ path, before: 'old', after: 'new', mode: 0o700 }], backups, NOW);
    expect(modeOf(path)).toBe('700');
  });

  it('removes a file', async () => {
    const path = file('hooks.json', 'old');
    await applyChanges([{ path, before: 'old', after: null }], backups, NOW);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(join(backups, STAMP))).toHaveLength(1);
  });

  it('goes through a symbolic link to the file behind it', async () => {
    mkdirSync(join(folder, 'dotfiles'));
    const target = file('dotfiles/settings.json', 'old');
    const path = join(folder, 'settings.json');
    symlinkSync(target, path);
    await applyChanges([{ path, before: 'old', after: 'new' }], backups, NOW);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it('is taken back, where one beside it can not be made', async () => {
    const [path, made] = [file('a.json', 'old', 0o640), join(folder, 'b.json')];
    const changes = [{ path, before: 'old', after: 'new', mode: 0o600 }, { path: made, before: null, after: 'new' }, { path: join(folder, 'x'.repeat(300)), before: null, after: 'new' }];
    await expect(applyChanges(changes, backups, NOW)).rejects.toThrow('ENAMETOOLONG');
    expect([readFileSync(path, 'utf8'), modeOf(path), existsSync(made)]).toEqual(['old', '640', false]);
  });

  it('is not made, nor any beside it, where another program was there first', async () => {
    const [first, second] = [file('a.json', 'old'), file('b.json', 'written meanwhile')];
    const changes = [{ path: first, before: 'old', after: 'new' }, { path: second, before: 'old', after: 'new' }];
    await expect(applyChanges(changes, backups, NOW)).rejects.toThrow('was changed by another program meanwhile');
    expect([readFileSync(first, 'utf8'), readFileSync(second, 'utf8')]).toEqual(['old', 'written meanwhile']);
  });
});
