import type { Client } from '../system/client.js';

/** People, groups, programs and rules of an organisation as its administrators see them after some weeks. */
export async function furnishOrganisation(owner: Client, { workspace, project }: { workspace: string; project: string }): Promise<void> {
  for (const [name, role] of [['Ada Okafor', 'admin'], ['Jun Sato', 'member'], ['Lena Vogt', 'member'], ['Priya Nair', 'viewer']] as const) {
    await ok(owner.post('/api/v1/users', { name, email: `${name.split(' ')[0]!.toLowerCase()}@example.com`, role }));
  }
  const { users } = (await owner.get<{ users: { user_id: string; name: string }[] }>('/api/v1/users')).json;
  const idOf = (name: string): string => users.find((user) => user.name === name)!.user_id;
  await ok(owner.post(`/api/v1/users/${idOf('Priya Nair')}/disable`, {}));
  await ok(owner.send('PUT', '/api/v1/groups/payments'));
  for (const name of ['Jun Sato', 'Lena Vogt']) await ok(owner.send('PUT', `/api/v1/groups/payments/members/${idOf(name)}`));
  await ok(owner.send('PUT', `/api/v1/workspaces/${workspace}/projects/${project}/grants`, { group: 'payments', level: 'write' }));
  await ok(owner.post('/api/v1/service-accounts', { name: 'build-server', role: 'member' }));
  for (const name of ['laptop', 'nightly export']) await ok(owner.post('/api/v1/tokens', { name, read_only: name !== 'laptop' || undefined }));
  await ok(owner.post('/api/v1/holds', { reason: 'Audit of the year', project: { workspace, project } }));
}

async function ok(answered: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answered;
  if (status >= 300) throw new Error(`${status} ${text}`);
}
