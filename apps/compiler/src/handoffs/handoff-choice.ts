import type { Handoff } from '#libs/contracts';

/** Whether one folder is the other or lies inside it. Unknown folders match everything. */
export function isSameTree(a: string | null, b: string | null): boolean {
  if (!a || !b) return true;
  const [x, y] = [normalise(a), normalise(b)];
  return x === y || x.startsWith(`${y}/`) || y.startsWith(`${x}/`);
}

/**
 * Which of the open handoffs (best first) a session in `cwd` starts from, and which older automatic ones it makes pointless.
 * Manual ones are for the whole project.
 */
export function chooseHandoff(open: readonly Handoff[], cwd: string | null): { chosen: Handoff | undefined; outdated: Handoff[] } {
  const eligible = open.filter((handoff) => handoff.origin === 'manual' || isSameTree(handoff.cwd, cwd));
  const chosen = eligible[0];
  if (!chosen) return { chosen: undefined, outdated: [] };
  return { chosen, outdated: eligible.filter((handoff) => handoff !== chosen && handoff.origin === 'automatic' && handoff.leftAt <= chosen.leftAt) };
}

function normalise(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/+$/, '');
}
