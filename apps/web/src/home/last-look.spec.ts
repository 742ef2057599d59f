import { beforeEach, expect, it, vi } from 'vitest';
import { lookedUntil } from './last-look.js';

const HOUR_MS = 3_600_000;
const AT = Date.parse('2026-11-26T12:00:00Z');

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
  return () => vi.unstubAllGlobals();
});

it('is unknown at the first look, and then the end of the look before, however often that was renewed', () => {
  expect([lookedUntil(AT), lookedUntil(AT + 60_000)]).toEqual([null, null]);
  expect([lookedUntil(AT + HOUR_MS), lookedUntil(AT + HOUR_MS + 60_000)]).toEqual([new Date(AT + 60_000).toISOString(), new Date(AT + 60_000).toISOString()]);
  expect(lookedUntil(AT + 3 * HOUR_MS)).toBe(new Date(AT + HOUR_MS + 60_000).toISOString());
});

it.each(['null', '{', '{"lastAt":"x"}', '7'])('takes %j in the store for a first look', (text) => {
  localStorage.setItem('ai-memory.looked-at', text);
  expect(lookedUntil(AT)).toBeNull();
});
