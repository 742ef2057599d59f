import { expect, it } from 'vitest';
import { auditFrom, auditQueryOf } from './audit-address.js';

it('keeps what is a text and is looked for', () => expect(auditFrom({ actor: 'ada', action: '', target: 7, from: '2026-11-01', other: 'x' })).toEqual({ actor: 'ada', from: '2026-11-01' }));

it('has both days within', () => expect(auditQueryOf({ action: 'token.created', from: '2026-11-01', to: '2026-11-02' })).toEqual({ action: 'token.created', from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T23:59:59.999Z' }));
