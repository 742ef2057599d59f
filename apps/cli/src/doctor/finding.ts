/** What a check came to. `fix` is what to do about it, in words or as a command. */
export interface Finding {
  /** What was looked at, as a word: `server`, `token`, `claude-code hooks`. */
  check: string;
  status: 'ok' | 'warning' | 'failure';
  what: string;
  fix?: string;
}

export function ok(check: string, what: string): Finding {
  return { check, status: 'ok', what };
}

export function warning(check: string, what: string, fix: string): Finding {
  return { check, status: 'warning', what, fix };
}

export function failure(check: string, what: string, fix: string): Finding {
  return { check, status: 'failure', what, fix };
}
