import { Module } from '@nestjs/common';
import { GitModule } from './git/git.module.js';
import { HooksModule } from './hooks/hooks.module.js';
import { HttpModule } from './http/http.module.js';
import { McpModule } from './mcp/mcp.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { ScimModule } from './scim/scim.module.js';
import { WebModule } from './web/web.module.js';

/** The only public door. */
@Module({ imports: [HooksModule, McpModule, GitModule, OAuthModule, HttpModule, ScimModule, WebModule] })
export class GatewayModule {}
