import { describe, expect, it } from 'vitest';
import { setupCommand } from './setup-command.js';

describe('the command that connects agents', () => {
  it.each([
    ['http://127.0.0.1:49374', undefined, 'npm run cli -- setup'],
    ['http://127.0.0.1:5000', undefined, 'npm run cli -- setup --server-url http://127.0.0.1:5000'],
    ['https://memory.example.com', 'mem_pat_x', 'echo mem_pat_x | npm run cli -- setup --server-url https://memory.example.com --token - --yes'],
  ])('for %s and the token %s is %s', (url, token, command) => {
    expect(setupCommand(url, token)).toBe(command);
  });
});
