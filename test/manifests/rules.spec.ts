import { describe, expect, it } from 'vitest';
import { EXCEPTIONS } from './exceptions.js';
import { OVERLAYS, render } from './manifests.js';
import { NETWORK_RULES } from './network-rules.js';
import { POD_RULES } from './pod-rules.js';
import { WORKLOAD_RULES } from './workload-rules.js';

const RULES = [...POD_RULES, ...WORKLOAD_RULES, ...NETWORK_RULES];

describe.each(OVERLAYS)('in %s', (overlay) => {
  const manifests = render(`overlays/${overlay}`);
  const exceptionsTo = (rule: string) => EXCEPTIONS.filter((exception) => exception.rule === rule && exception.overlays.includes(overlay));
  const isExcused = (rule: string, object: string): boolean => exceptionsTo(rule).some(({ objects }) => new RegExp(`^(${objects.source})$`).test(object));

  it.each(RULES)('everything $rule', ({ rule, brokenBy }) => {
    expect(brokenBy(manifests).filter((object) => !isExcused(rule, object))).toEqual([]);
  });

  it('every exception is one', () => {
    const broken = new Map(RULES.map(({ rule, brokenBy }) => [rule, brokenBy(manifests)]));
    const needless = EXCEPTIONS.filter(({ overlays }) => overlays.includes(overlay)).filter(({ rule, objects }) => !broken.get(rule)?.some((object) => new RegExp(`^(${objects.source})$`).test(object)));
    expect(needless.map(({ rule, objects }) => `${rule}: ${objects.source}`)).toEqual([]);
  });
});
