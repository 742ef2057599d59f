import { PROFILES, profileOf } from '../registry.js';
import { foldEvent, toObservationKind } from './event-names.js';
import type { Fields } from './fields.js';

const NOISE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  PROFILES.map((profile) => [profile.name, new Set(profile.noise?.map(foldEvent))] as const),
);
const NOISE_OF_ANY: ReadonlySet<string> = new Set([...NOISE.values()].flatMap((names) => [...names]));

/**
 * True for events that carry nothing for a reader and repeat per token or per model call, or say again what another
 * event of the same agent says. For an unknown agent, whatever is noise with a known one.
 */
export function isNoise(agent: string, eventName: string, scopes: readonly Fields[] = []): boolean {
  if ((NOISE.get(agent) ?? NOISE_OF_ANY).has(foldEvent(eventName))) return true;
  return profileOf(agent)?.isNoise?.(toObservationKind(eventName), scopes) ?? false;
}
