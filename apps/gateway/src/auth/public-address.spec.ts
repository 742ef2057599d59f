import { describe, expect, it } from 'vitest';
import { publicAddress } from './public-address.js';

const LOCAL = publicAddress({ AI_MEMORY_BIND: '127.0.0.1:49374', AI_MEMORY_PUBLIC_URL: undefined });
const NAMED = publicAddress({ AI_MEMORY_BIND: '0.0.0.0:8080', AI_MEMORY_PUBLIC_URL: 'https://memory.example.com' });

describe('the public address', () => {
  it('is where it listens on loopback, else what the operator says, else unknown', () => {
    expect([LOCAL?.origin, LOCAL?.resource]).toEqual(['http://127.0.0.1:49374', 'http://127.0.0.1:49374/mcp']);
    expect(NAMED?.resource).toBe('https://memory.example.com/mcp');
    expect(publicAddress({ AI_MEMORY_BIND: '0.0.0.0:8080', AI_MEMORY_PUBLIC_URL: undefined })).toBeUndefined();
    expect(publicAddress({ AI_MEMORY_BIND: '127.0.0.1:0', AI_MEMORY_PUBLIC_URL: undefined })).toBeUndefined();
  });

  it.each([
    [LOCAL, 'http://127.0.0.1:49374/mcp'], [LOCAL, 'http://localhost:49374/mcp?toolset=full'], [LOCAL, 'http://[::1]:49374/mcp'], [NAMED, 'https://memory.example.com/mcp'], [NAMED, 'https://MEMORY.example.com:443/mcp?workspace=a'],
  ])('of %o is the resource %s', (address, url) => expect(address!.isResource(url)).toBe(true));

  it.each([
    [LOCAL, 'http://127.0.0.1:49375/mcp'], [LOCAL, 'https://127.0.0.1:49374/mcp'], [LOCAL, 'http://evil.example:49374/mcp'], [NAMED, 'http://memory.example.com/mcp'], [NAMED, 'https://memory.example.com/'],
    [NAMED, 'https://memory.example.com/mcp/x'], [NAMED, 'https://memory.example.com/mcp#x'], [NAMED, 'https://memory.example.com.evil.example/mcp'], [NAMED, 'http://localhost:8080/mcp'], [NAMED, ''], [NAMED, '/mcp'],
  ])('of %o is not the resource %s', (address, url) => expect(address!.isResource(url)).toBe(false));
});
