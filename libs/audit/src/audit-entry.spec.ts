import { describe, expect, it } from 'vitest';
import { accessOfRole, scopeFrom, scopeOfCredential, scopeOfService } from '#libs/tenancy';
import { AUDIT_ACTIONS } from './audit-actions.js';
import { auditEntry } from './audit-entry.js';

const ORGANISATION = '00000000-0000-4000-8000-000000000001';
const USER = '00000000-0000-4000-8000-000000000002';
const TOKEN = '00000000-0000-4000-8000-000000000003';
const AT = new Date('2026-11-25T12:00:00.000Z');
const SECRET = `ghp_${'a1B2'.repeat(9)}`;

const user = scopeOfCredential(ORGANISATION, { type: 'user', userId: USER, name: 'ada', email: 'ada@acme.test', role: 'owner', isOperator: false }, accessOfRole('owner'));
const caller = scopeFrom(user, { requestId: 'f'.repeat(32), address: '192.0.2.1', client: 'curl/8.5', tokenId: TOKEN });

describe('an entry', () => {
  it('says who, what, when, from where, by which request, and what was before and after', () => {
    expect(auditEntry(caller, { action: 'retention.changed', target: 'project:acme/shop', before: { half_life_days: 35 }, after: { half_life_days: 60, enabled: true } }, AT)).toEqual({
      at: '2026-11-25T12:00:00.000Z', action: 'retention.changed', target: 'project:acme/shop', result: 'done', actor: { type: 'user', id: USER, token_id: TOKEN },
      from: { address: '192.0.2.1', client: 'curl/8.5' }, request_id: 'f'.repeat(32), count: 1, before: { half_life_days: 35 }, after: { enabled: true, half_life_days: 60 },
    });
  });

  it('of an app\'s own work names the app', () => {
    expect(auditEntry(scopeOfService(ORGANISATION, 'wiki-git'), { action: 'purge.finished', target: 'project:x' }, AT)).toMatchObject({ actor: { type: 'service', id: 'wiki-git', token_id: null }, from: { address: null } });
  });

  it('leaves out what its action does not list, whoever passes it', () => {
    const given = { name: 'laptop', secret: 'x', body: 'text of a page' } as { name: string };
    expect(auditEntry(caller, { action: 'token.created', target: 'token:1', after: given }, AT).after).toEqual({ name: 'laptop' });
  });

  it('holds no secret, wherever one is put, also where it would be cut in two', () => {
    const entry = auditEntry(caller, { action: 'pages.written', target: `page:${SECRET}`, after: { paths: [`notes/${SECRET}.md`, `${'x '.repeat(110)}${SECRET}`], agent: SECRET } }, AT);
    expect(JSON.stringify(entry)).not.toContain(SECRET.slice(0, 16));
  });

  it('is small, whatever is passed', () => {
    const long = 'word '.repeat(10_000);
    const entry = auditEntry(caller, { action: 'pages.written', target: `page:${long}`, after: { paths: Array.from({ length: 500 }, () => long), agent: long } }, AT);
    expect(JSON.stringify(entry).length).toBeLessThan(8_192);
  });
});

describe('the actions', () => {
  it('are a thing and what became of it', () => {
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(action))).toEqual([]);
  });

  it('list no field that could hold a text or a secret', () => {
    expect(Object.values(AUDIT_ACTIONS).flat().filter((field) => /body|text|content|secret|password|hash|api_key|^key$|^token$/.test(field))).toEqual([]);
  });
});
