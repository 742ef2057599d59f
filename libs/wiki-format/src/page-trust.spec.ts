import { describe, expect, it } from 'vitest';
import type { PageTrust, WrittenBy } from '#libs/contracts';
import { leastTrust, writtenTrust } from './page-trust.js';

type Row = readonly [by: WrittenBy, stated: unknown, before: PageTrust | undefined, isMerged: boolean, trust: PageTrust];

describe('the trust of a page', () => {
  it.each<Row>([
    ['person', undefined, undefined, false, 'user'],
    ['person', undefined, 'outside', false, 'user'],
    ['person', 'tool', undefined, false, 'user'],
    ['person', undefined, 'tool', true, 'tool'],
    ['agent', undefined, undefined, false, 'agent'],
    ['agent', 'user', undefined, false, 'agent'],
    ['agent', 'outside', undefined, false, 'outside'],
    ['agent', undefined, 'user', false, 'agent'],
    ['agent', undefined, 'tool', false, 'tool'],
    ['agent', { level: 'user' }, 'tool', true, 'tool'],
    ['model', 'user', undefined, false, 'agent'],
    ['model', 'tool', 'user', false, 'tool'],
    ['rules', 'user', undefined, false, 'user'],
    ['rules', 'user', 'agent', false, 'agent'],
    ['rules', undefined, 'user', true, 'tool'],
    ['rules', 'USER', undefined, false, 'tool'],
  ])('written by %s saying %j over %s, merged %s, is %s', (by, trust, before, isMerged, expected) => {
    expect(writtenTrust(by, { trust }, before && { trust: before }, isMerged)).toBe(expected);
  });

  it('is the least of several', () => {
    expect([leastTrust([]), leastTrust(['agent', 'user']), leastTrust(['tool', 'outside', 'user'])]).toEqual(['user', 'agent', 'outside']);
  });
});
