/** What the shell is told. Part of the command's interface: scripts depend on the numbers. */
export const EXIT = { ok: 0, failure: 1, usage: 2, notFound: 3, unauthenticated: 4, unreachable: 5 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command: `sentence` is the one line that stderr gets, `problem` the server's code for what it refused. */
export class Failure extends Error {
  constructor(readonly sentence: string, readonly exitCode: ExitCode = EXIT.failure, cause?: unknown, readonly problem?: string) {
    super(sentence, { cause });
    this.name = 'Failure';
  }
}

export function usageFailure(sentence: string): Failure {
  return new Failure(sentence, EXIT.usage);
}

export function notFoundFailure(sentence: string): Failure {
  return new Failure(sentence, EXIT.notFound);
}

/** The sentence and exit code for anything that was thrown. File system errors are told by their path, others by their message. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { path, message } = error as NodeJS.ErrnoException;
  const reason = systemReason(error);
  return new Failure(reason && path ? `${path}: ${reason}` : String(message ?? error), EXIT.failure, error);
}

/** What the system has against it, for people; undefined for what no system has said. */
export function systemReason(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code && syscall ? (SYSTEM_ERRORS[code] ?? code) : undefined;
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'not allowed to access this',
  EPERM: 'not allowed to change this',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'is a folder',
  ENOTDIR: 'something on the way is no folder',
};
