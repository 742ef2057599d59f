import { describe, expect, it } from 'vitest';
import { isLoopbackUrl, normaliseServerUrl } from './server-url.js';

describe('an address of a server', () => {
  it.each([
    ['http://127.0.0.1:49374', 'http://127.0.0.1:49374'], [' https://Memory.Example.com/ ', 'https://memory.example.com'], ['https://example.com/memory//', 'https://example.com/memory'],
    ['HTTPS://example.com:443/', 'https://example.com'],
  ])('%j is kept as %j', (text, expected) => {
    expect(normaliseServerUrl(text)).toBe(expected);
  });

  it.each(['', 'example.com', 'localhost:49374', 'ftp://example.com', 'javascript:alert(1)', 'file:///etc/passwd', 'https://user:token@example.com', 'https://example.com/?token=x', 'https://example.com/#x'])('%j is none', (text) => {
    expect(normaliseServerUrl(text)).toBeUndefined();
  });

  it.each([['http://127.0.0.1:1', true], ['http://localhost', true], ['http://[::1]:80', true], ['http://127.0.0.1.example.com', false], ['http://10.0.0.1', false]])('%j is on this machine: %j', (url, expected) => {
    expect(isLoopbackUrl(url)).toBe(expected);
  });
});
