import { expect, it } from 'vitest';
import { agoText } from './time-ago.js';

const NOW = Date.parse('2026-11-26T12:00:00Z');

it.each([
  ['2026-11-26T11:59:30Z', 'en', 'just now'], ['2026-11-26T11:58:00Z', 'en', '2 minutes ago'], ['2026-11-26T09:00:00Z', 'de', 'vor 3 Stunden'], ['2026-11-25T12:00:00Z', 'en', 'yesterday'],
  ['2026-11-12T12:00:00Z', 'en', '2 weeks ago'], ['2024-11-20T12:00:00Z', 'en', '2 years ago'], ['2026-11-26T12:05:00Z', 'en', 'in 5 minutes'],
])('%s is told in %s as %j', (at, language, text) => expect(agoText(at, language, 'just now', NOW)).toBe(text));
