import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Serves } from '#libs/bus';
import type { RequestContract } from '#libs/contracts';
import { defineFault, Fault } from '#libs/faults';
import { encodeScope, scopeOfService, type TenantScope } from '#libs/tenancy';
import { accessPage } from './access-page.js';
import { CALLERS, outcomeFor, scopeOf } from './callers.js';
import { CONTRACTS, surfaceOf } from './surfaces.js';

const REACHED = defineFault('test.reached', 'conflict', 'The handler was called.');
const [ORGANISATION, PROJECT, OTHER] = [randomUUID(), randomUUID(), randomUUID()];
const OUTCOME: Readonly<Record<string, string>> = { 'test.reached': 'allowed', 'access.forbidden': 'forbidden', 'not-found': 'absent' };

/** The edge that every app puts before its handlers, with a handler that only says that it was called. */
async function askEdge(contract: RequestContract, scope: TenantScope, body: unknown): Promise<string | undefined> {
  let given: unknown;
  const descriptor = { value: async (_scope: TenantScope, input: unknown): Promise<never> => {
    given = input;
    throw new Fault(REACHED);
  } };
  Serves({ ...contract, input: { safeParse: (data: unknown) => ({ success: true, data }) } as never })(descriptor, 'value', descriptor as never);
  const edge = descriptor.value as unknown as (message: object) => Promise<{ fault: { code: string } }>;
  const { fault } = await edge({ subject: contract.subject, id: randomUUID(), headers: { 'x-scope': encodeScope(scope) }, body });
  return given === undefined ? OUTCOME[fault.code] : `allowed ${JSON.stringify(given)}`;
}

/** An input that names one project in every way in which a request can. */
const naming = (projectId: string): object => ({ projectId, from: { projectId }, to: { projectId }, projectIds: [OTHER, projectId], pages: [{ projectId }] });

describe('docs/access.md', () => {
  it('says what the code declares (else: npm run docs:access)', () => {
    expect(readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8')).toBe(accessPage());
  });
});

describe('the edge of every app', () => {
  it.each(CONTRACTS.map((contract) => [contract.subject, contract] as const))('%s: lets through whom the table lets through', async (_subject, contract) => {
    for (const caller of CALLERS) {
      const answer = await askEdge(contract, scopeOf(caller, ORGANISATION, PROJECT), surfaceOf(contract).about === 'project' ? naming(PROJECT) : { ...naming(PROJECT), projectId: undefined });
      expect([caller.column, answer?.split(' ')[0]]).toEqual([caller.column, outcomeFor(surfaceOf(contract), caller)]);
    }
    // No app runs the installation by itself.
    expect((await askEdge(contract, scopeOfService(ORGANISATION, 'test'), naming(PROJECT)))?.split(' ')[0]).toBe(contract.permission === 'operator' ? 'forbidden' : 'allowed');
  });

  it.each(CONTRACTS.filter(({ without }) => without).map((contract) => [contract.subject, contract] as const))('%s: looks through no project that may not be seen', async (_subject, contract) => {
    const input = Object.keys((contract.input as unknown as { shape: object }).shape).includes('pages') ? { pages: [{ projectId: PROJECT }] } : { projectIds: [OTHER, PROJECT] };
    const asViewer = (project: 'none' | 'read') => askEdge(contract, scopeOf({ column: '', role: 'viewer', project }, ORGANISATION, PROJECT), input);
    expect([await asViewer('none'), await asViewer('read')]).toEqual([expect.not.stringContaining(PROJECT), expect.stringContaining(PROJECT)]);
  });
});
