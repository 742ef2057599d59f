import { logger } from '#libs/telemetry';

/** Runs a job again and again, never twice at once in this process, and lets a failure be the next run's to mend. */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly name: string, private readonly everyMs: number, private readonly job: () => Promise<void>) {}

  start(): void {
    this.timer = setTimeout(() => void this.round(), this.everyMs);
  }

  /** Resolves when a run in flight has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    this.running = this.job().catch((error: unknown) => logger.warn({ err: error, sweep: this.name }, 'A sweep failed and will run again'));
    await this.running;
    if (!this.isStopped) this.start();
  }
}
