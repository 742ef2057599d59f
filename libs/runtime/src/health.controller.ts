import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Bus } from '#libs/bus';
import { TenantDb } from '#libs/database';
import { logger, renderMetrics } from '#libs/telemetry';
import { Draining } from './draining.js';

const CHECK_TIMEOUT_MS = 2_000;

/** What a platform asks of a process. Liveness has no dependencies: restarting us would not mend the database. */
@Controller()
export class HealthController {
  constructor(@Inject(Bus) private readonly bus: Bus, @Inject(TenantDb) private readonly db: TenantDb, @Inject(Draining) private readonly draining: Draining) {}

  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when the database and the bus answer and we are not shutting down, else 503. */
  @Get('readyz')
  async readyz(@Res({ passthrough: true }) response: Response): Promise<{ status: string; checks: Record<string, string> }> {
    const checks = { database: await check(() => this.db.ping()), bus: await check(() => this.bus.ping()), draining: this.draining.isOn ? 'yes' : 'no' };
    const isReady = checks.database === 'ok' && checks.bus === 'ok' && !this.draining.isOn;
    response.status(isReady ? 200 : 503);
    return { status: isReady ? 'ready' : 'not ready', checks };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return renderMetrics();
  }
}

async function check(probe: () => Promise<void>): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('timeout'), CHECK_TIMEOUT_MS).unref());
  const probed = probe().then(() => 'ok', (error: unknown) => {
    logger.warn({ err: error }, 'A readiness check failed');
    return 'failed';
  });
  return Promise.race([probed, late]);
}
