import { describe, expect, it } from 'vitest';
import { idempotencyOf, type KeyParts, readHookQuery } from './hook-query.js';

const read = (query: string) => readHookQuery(new URLSearchParams(query));

describe('readHookQuery', () => {
  it.each([
    ['ingest_key=abc_-9', { ingestKey: 'abc_-9' }],
    ['ingest_key=not+a+key', { ingestKey: undefined }],
    [`ingest_key=${'x'.repeat(65)}`, { ingestKey: undefined }],
    ['drop_subagent=Yes', { mayDropSubagent: true }],
    ['drop_subagent=maybe', { mayDropSubagent: false }],
    ['imported=1&dry_run=true', { isImported: true, isRehearsal: true, isUntimed: false }],
    ['imported=1&untimed=1', { isImported: true, isUntimed: true }],
    ['event=Stop', { isImported: false, isRehearsal: false }],
    ['briefing=1', { briefingCharsMax: 4_000 }],
    ['briefing=true&briefing_budget=2000', { briefingCharsMax: 2_000 }],
    ['briefing=1&briefing_budget=lots', { briefingCharsMax: 4_000 }],
    ['briefing=0&briefing_budget=2000', { briefingCharsMax: undefined }],
    ['event=&agent=codex', { event: undefined, agent: 'codex' }],
    ['session_id=a%00b', { sessionId: 'ab' }],
  ])('%s', (query, expected) => {
    expect(read(query)).toMatchObject(expected);
  });

  it('takes secrets out of a folder and leaves ids as they are', () => {
    const secret = ['ghp', `${'A'.repeat(16)}1b2C3d4E5f6G7h8J9k0L`].join('_');
    const query = read(`cwd=/w/${secret}&session_id=${secret}`);
    expect(query.hints.cwd).not.toContain(secret);
    expect(query.sessionId).toBe(secret);
  });
});

describe('idempotencyOf', () => {
  const parts: KeyParts = { userId: 'u', agent: 'codex', nativeSessionId: 's', event: 'Stop', kind: 'stop', ingestKey: undefined, hasOccurrenceId: true, payload: { a: 1, b: { c: 2, d: 3 } } };
  const keyOf = (more: Partial<KeyParts>): string => idempotencyOf({ ...parts, ...more }).idempotencyKey;

  it('is the same for the same event, however its JSON is ordered', () => {
    expect(keyOf({ payload: { b: { d: 3, c: 2 }, a: 1 } })).toBe(keyOf({}));
  });

  it.each<[string, Partial<KeyParts>]>([
    ['user', { userId: 'v' }], ['agent', { agent: 'cursor' }], ['session', { nativeSessionId: 't' }], ['event', { event: 'Start' }], ['payload', { payload: { a: 2 } }], ['client key', { ingestKey: 'k' }],
  ])('differs by %s', (_name, more) => {
    expect(keyOf(more)).not.toBe(keyOf({}));
  });

  it("is the client's key where it sent one, for each user apart", () => {
    expect(keyOf({ ingestKey: 'k', payload: 1 })).toBe(keyOf({ ingestKey: 'k', payload: 2 }));
    expect(keyOf({ ingestKey: 'k', userId: 'v' })).not.toBe(keyOf({ ingestKey: 'k' }));
  });

  it('holds for a minute where two events may look alike, and never for ends, which are told apart by what came before', () => {
    expect(idempotencyOf({ ...parts, hasOccurrenceId: false }).isKeyShortLived).toBe(true);
    const end = { kind: 'session-end', hasOccurrenceId: false };
    expect(keyOf(end)).not.toBe(keyOf(end));
  });
});
