import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganisation, type Organisation } from './client.js';
import { Laptop } from './command-line.js';

let organisation: Organisation;
const laptop = new Laptop();

beforeAll(async () => {
  organisation = await newOrganisation('standalone');
  const { code, stderr } = await laptop.run(['login', '--server-url', organisation.owner.url, '--token', '-'], { input: `${organisation.owner.token}\n` });
  expect(code, stderr).toBe(0);
});

describe('who may do what', () => {
  it('is said by name: people, groups, grants, and who sees a project', async () => {
    const place = { workspace: 'acme', project: 'rights' };
    const folder = mkdtempSync(join(laptop.homeDir, 'rights-'));
    writeFileSync(join(folder, '.ai-memory.toml'), `workspace = "${place.workspace}"\nproject = "${place.project}"\n`);
    const said = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await laptop.run(args, { cwd: folder });
      return code === 0 ? stdout.trim() : `${code} ${stderr.trim()}`;
    };
    await laptop.run(['write-page', '--path', 'notes/a.md', '--body', '-'], { cwd: folder, input: 'A\n' });
    expect([await said('user', 'add', 'ada', 'ada@example.com', '--role', 'viewer'), await said('user', 'disable', 'ada'), await said('user', 'role', 'nobody', 'member')])
      .toEqual(['ada: viewer', 'ada: viewer, disabled', '3 ai-memory: There is no user called nobody; `ai-memory user list` lists them']);
    expect([await said('group', 'create', 'team'), await said('group', 'add', 'team', 'ada')]).toEqual(['team: nobody', 'team: ada']);
    expect([await said('project', 'visibility', 'restricted'), await said('grant', 'give', 'write', '--group', 'team')]).toEqual([`acme/${place.project}: restricted`, 'group team: write']);
    const { grants: [grant] } = await laptop.ask<{ grants: { grant_id: string }[] }>(['grant', 'list'], { cwd: folder });
    expect([await said('grant', 'take', grant!.grant_id), await said('project', 'move', '--to-project', `${place.project}-2`)]).toEqual(['group team: write taken back', `It is acme/${place.project}-2 now.`]);
  });
});
