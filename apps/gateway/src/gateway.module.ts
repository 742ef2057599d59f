import { Module } from '@nestjs/common';
import { HooksModule } from './hooks/hooks.module.js';
import { HttpModule } from './http/http.module.js';
import { McpModule } from './mcp/mcp.module.js';

/** The only public door. */
@Module({ imports: [HooksModule, McpModule, HttpModule] })
export class GatewayModule {}
