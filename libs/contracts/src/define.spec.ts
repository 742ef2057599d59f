import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Permission } from '#libs/tenancy';
import { request } from './define.js';

describe('a request', () => {
  it.each([undefined, '', 'admin:*', 'everything'])('whose asker must be allowed %s can not be made, so that no app starts with it', (permission) => {
    expect(() => request('test.do-it.v1', { input: z.object({}), output: z.object({}), timeoutMs: 1, permission: permission as Permission })).toThrow('test.do-it.v1 declares no permission');
  });
});
