import type { Handoff } from '#libs/contracts';

/**
 * Whether two folders of one project are the same place of work: one is the other or lies inside it, here or below the home
 * folder of another machine, or they have the same name. Two worktrees are two places. Unknown folders match everything.
 */
export function isSamePlace(a: string | null, b: string | null): boolean {
  if (!a || !b) return true;
  const [x, y] = [belowHome(a), belowHome(b)];
  return x === y || x.startsWith(`${y}/`) || y.startsWith(`${x}/`) || nameOf(x) === nameOf(y);
}

/**
 * Which of the open handoffs (best first) a session in `cwd` starts from, and which older automatic ones it makes pointless.
 * Manual ones are for the whole project.
 */
export function chooseHandoff(open: readonly Handoff[], cwd: string | null): { chosen: Handoff | undefined; outdated: Handoff[] } {
  const eligible = open.filter((handoff) => handoff.origin === 'manual' || isSamePlace(handoff.cwd, cwd));
  const chosen = eligible[0];
  if (!chosen) return { chosen: undefined, outdated: [] };
  return { chosen, outdated: eligible.filter((handoff) => handoff !== chosen && handoff.origin === 'automatic' && handoff.leftAt <= chosen.leftAt) };
}

const HOME = /^(?:\/(?:usr\/|export\/)?home\/[^/]+|(?:[a-z]:)?\/users\/[^/]+|\/(?:var\/)?root)(?=\/|$)/i;

function belowHome(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/+$/, '').replace(HOME, '~');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
