import { readConfig } from '#libs/config';
import type { Door } from '#libs/runtime';
import { hostCheck } from './auth/host-check.js';
import { GatewayConfig } from './gateway.config.js';
import { securityHeaders } from './http/security-headers.middleware.js';
import { traced } from './http/tracing.middleware.js';
import { BootstrapService } from './identity/bootstrap.service.js';
import { isSecureFor } from './sign-on/public-origin.js';

/** What stands before every route: the trace, the headers of every answer, and the check of Host and Origin. */
export function door(): Door {
  const config = readConfig(GatewayConfig);
  return {
    bind: config.AI_MEMORY_BIND,
    async configure(app) {
      app.disable('x-powered-by');
      app.set('trust proxy', config.AI_MEMORY_TRUSTED_PROXIES);
      app.use(traced, securityHeaders(isSecureFor(config)), hostCheck(config));
      await app.get(BootstrapService, { strict: false }).ownerScope();
    },
  };
}
