import { serve } from '#libs/runtime';
import { door } from './door.js';
import { GatewayModule } from './gateway.module.js';

await serve('gateway', GatewayModule, door);
