import { refuseUnknownSettings } from '#libs/config';
import { DatabaseConfig } from '#libs/database';
import { RuntimeConfig } from '#libs/runtime';
import { TelemetryConfig } from '#libs/telemetry';
import { GatewayConfig } from '../../gateway/src/gateway.config.js';
import { IngestConfig } from '../../ingest/src/ingest.config.js';
import { WikiGitConfig } from '../../wiki-git/src/wiki-git.config.js';
import { StandaloneConfig } from './standalone.config.js';

/** Only here are all settings known, so only here can a misspelt one be told from another app's. */
export function refuseMisspeltSettings(): void {
  refuseUnknownSettings([DatabaseConfig, RuntimeConfig, TelemetryConfig, GatewayConfig, IngestConfig, WikiGitConfig, StandaloneConfig]);
}
