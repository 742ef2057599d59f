const KEY = 'ai-memory.looked-at';
/** A page that is loaded again after a minute is still the same look. */
const SAME_LOOK_MS = 30 * 60_000;

interface Look {
  /** When this look began, and when the one before it ended. */
  lastAt: string;
  before: string | null;
}

function stored(): Look | null {
  try {
    const look = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Look | null;
    return look && !Number.isNaN(Date.parse(look.lastAt)) ? look : null;
  } catch {
    return null;
  }
}

/** Until when this browser had looked before; null at its first look. Every call counts as looking. */
export function lookedUntil(nowMs = Date.now()): string | null {
  const look = stored();
  const before = look && nowMs - Date.parse(look.lastAt) > SAME_LOOK_MS ? look.lastAt : (look?.before ?? null);
  localStorage.setItem(KEY, JSON.stringify({ lastAt: new Date(nowMs).toISOString(), before } satisfies Look));
  return before;
}
