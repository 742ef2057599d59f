import { ATTRIBUTE, inSpan, timer } from '#libs/telemetry';

const duration = timer('git_command_duration_seconds');

/** A span and a duration around a command of git; `command` is one of the code's, without its arguments. */
export async function measuredGit<T>(command: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let outcome = 'failed';
  try {
    const result = await inSpan(`git ${command}`, 'client', { [ATTRIBUTE.gitCommand]: command }, work);
    outcome = 'done';
    return result;
  } finally {
    duration.record((performance.now() - startedAt) / 1_000, { command, outcome });
  }
}
