import type { Session } from '#libs/contracts';

/** Sessions with less in them have nothing that their page doesn't say. */
const OBSERVATIONS_MIN = 8;
/** What is older was imported: years of sessions are not to be paid for because somebody tries an import. A laptop may have been offline over a weekend. */
const AGE_MAX_MS = 3 * 86_400_000;

/** Whether a session is consolidated without anybody asking. */
export function isWorthConsolidating({ generation, lastEventAt }: Pick<Session, 'generation' | 'lastEventAt'>, now: number): boolean {
  return generation >= OBSERVATIONS_MIN && now - Date.parse(lastEventAt) <= AGE_MAX_MS;
}
