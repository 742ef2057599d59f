import { describe, expect, it } from 'vitest';
import { durableName, EVENT_STREAM } from '#libs/bus';
import { filesOf } from '../house/source-files.js';
import { ofKind, render } from './manifests.js';

const HEARS = /@Hears\((\w+), '([\w-]+)'[,)]/g;

/** The consumers that the apps make, by the contracts that their handlers name. */
async function consumers(): Promise<string[]> {
  const contracts = (await import('#libs/contracts')) as unknown as Record<string, { subject: string }>;
  return filesOf('apps').flatMap(({ text }) => [...text.matchAll(HEARS)].map(([, contract, listener]) => durableName(contracts[contract!]!.subject, listener!)));
}

describe('what scales by a queue', () => {
  const triggers = ofKind(render('overlays/production'), 'ScaledObject').flatMap(({ spec }) => spec.triggers as { type: string; metadata: Record<string, string> }[]).filter(({ type }) => type === 'nats-jetstream');

  it('looks at consumers that exist', async () => {
    const existing = await consumers();
    expect(existing.length).toBeGreaterThan(3);
    expect(triggers.length).toBeGreaterThan(0);
    expect(triggers.map(({ metadata }) => metadata.consumer).filter((consumer) => !existing.includes(consumer!))).toEqual([]);
  });

  it('looks at the stream that exists', () => {
    expect(new Set(triggers.map(({ metadata }) => metadata.stream))).toEqual(new Set([EVENT_STREAM]));
  });
});
