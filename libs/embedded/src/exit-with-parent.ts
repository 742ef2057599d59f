const STOP_TIMEOUT_MS = 10_000;

/**
 * Ends this process when the one that started it (with an IPC channel) is gone, even by SIGKILL: first as SIGTERM would, and after 10 s by force.
 * Does nothing in a process that was started without a channel.
 */
export function exitWithParent(): void {
  if (!process.channel) return;
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Waiting for the parent must not keep a process alive that has finished.
  process.channel.unref();
}
