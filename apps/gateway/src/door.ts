import { readConfig } from '#libs/config';
import type { Door } from '#libs/runtime';
import { hostCheck } from './auth/host-check.js';
import { GatewayConfig } from './gateway.config.js';
import { traced } from './http/tracing.middleware.js';
import { BootstrapService } from './identity/bootstrap.service.js';

/** What stands before every route: the trace, and the check of Host and Origin. */
export function door(): Door {
  const config = readConfig(GatewayConfig);
  return {
    bind: config.AI_MEMORY_BIND,
    async configure(app) {
      app.disable('x-powered-by');
      app.set('trust proxy', config.AI_MEMORY_TRUSTED_PROXIES);
      app.use(traced, hostCheck(config));
      await app.get(BootstrapService, { strict: false }).ownerScope();
    },
  };
}
