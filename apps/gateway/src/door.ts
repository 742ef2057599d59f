import { readConfig } from '#libs/config';
import type { Door } from '#libs/runtime';
import { hostCheck } from './auth/host-check.js';
import { GatewayConfig } from './gateway.config.js';
import { ProblemFilter } from './http/problem.filter.js';
import { securityHeaders } from './http/security-headers.middleware.js';
import { traced } from './http/tracing.middleware.js';
import { BootstrapService } from './identity/bootstrap.service.js';

/** What stands before every route: traces, security headers, the check of Host and Origin, and problem answers. */
export function door(): Door {
  const config = readConfig(GatewayConfig);
  return {
    bind: config.AI_MEMORY_BIND,
    async configure(app) {
      app.disable('x-powered-by');
      app.use(traced, securityHeaders, hostCheck(config));
      app.useGlobalFilters(new ProblemFilter());
      await app.get(BootstrapService, { strict: false }).ownerScope();
    },
  };
}
