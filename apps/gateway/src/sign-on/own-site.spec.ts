import { describe, expect, it } from 'vitest';
import { isFromOwnSite, safeReturn } from './own-site.js';

describe('a request with a cookie', () => {
  it.each([
    ['GET', {}, true], ['HEAD', { 'sec-fetch-site': 'cross-site' }, true],
    ['POST', { 'sec-fetch-site': 'same-origin' }, true], ['DELETE', { 'sec-fetch-site': 'same-origin', origin: 'https://m.example' }, true],
    ['POST', { 'sec-fetch-site': 'same-site' }, false], ['POST', { 'sec-fetch-site': 'cross-site' }, false], ['POST', { 'sec-fetch-site': 'none' }, false], ['PUT', { 'sec-fetch-site': 'cross-site', origin: 'https://m.example' }, false],
    ['POST', { origin: 'https://m.example' }, true], ['POST', { origin: 'http://m.example' }, true], ['POST', { origin: 'https://m.example:8443' }, false], ['POST', { origin: 'https://evil.example' }, false],
    ['POST', { origin: 'null' }, false], ['POST', {}, false], ['PATCH', {}, false],
  ])('%s with %j is from our own pages: %s', (method, headers, isOwn) => {
    expect(isFromOwnSite({ method, headers: { host: 'm.example', ...headers } })).toBe(isOwn);
  });
});

describe('where to go after a sign-in', () => {
  it.each(['/', '/account', '/a/b?c=d&e=%2F#f', '/ünïcode'])('may be %s', (path) => expect(safeReturn(path)).toBe(path));
  it.each(['//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'evil.example', 'javascript:alert(1)', '/a\\b', '/\t/evil.example', '/\n/evil', '', ' /x', undefined, ['/a'], `/${'x'.repeat(1001)}`])(
    'is the account page instead of %j', (path) => expect(safeReturn(path)).toBe('/account'));
});
