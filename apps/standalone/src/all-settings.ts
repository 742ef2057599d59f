import { ConfigError, readConfig, refuseUnknownSettings } from '#libs/config';
import { DatabaseConfig } from '#libs/database';
import { OutgoingConfig } from '#libs/outgoing';
import { RuntimeConfig } from '#libs/runtime';
import { SealingConfig } from '#libs/sealing';
import { TelemetryConfig } from '#libs/telemetry';
import { ModelsConfig } from '../../compiler/src/models/models.config.js';
import { ReportsConfig } from '../../compiler/src/reports/reports.config.js';
import { ExternalTokensConfig } from '../../gateway/src/auth/external-tokens.config.js';
import { GatewayConfig } from '../../gateway/src/gateway.config.js';
import { LimitsConfig } from '../../gateway/src/limits/limits.config.js';
import { SignOnConfig } from '../../gateway/src/sign-on/sign-on.config.js';
import { IngestConfig } from '../../ingest/src/ingest.config.js';
import { WikiGitConfig } from '../../wiki-git/src/wiki-git.config.js';
import { StandaloneConfig } from './standalone.config.js';

/** As the apps read them. What the launcher provides itself may be missing. */
const ALL_SETTINGS = StandaloneConfig
  .extend({ ...DatabaseConfig.shape, ...RuntimeConfig.shape, ...TelemetryConfig.shape, ...GatewayConfig.shape, ...OutgoingConfig.shape, ...SignOnConfig.shape, ...LimitsConfig.shape, ...IngestConfig.shape, ...WikiGitConfig.shape, ...ReportsConfig.shape })
  .partial({ DATABASE_URL: true, AI_MEMORY_DATA_DIR: true });

/**
 * Throws a ConfigError with every problem of the environment, before anything is started or written. Only here are all
 * settings known, so only here can a misspelt one be told from another app's.
 */
export function refuseUnusableSettings(): void {
  const problems = [
    ...problemsOf(() => refuseUnknownSettings([DatabaseConfig, RuntimeConfig, TelemetryConfig, GatewayConfig, OutgoingConfig, SealingConfig, SignOnConfig, ExternalTokensConfig, OutgoingConfig, SealingConfig, SignOnConfig, LimitsConfig, IngestConfig, WikiGitConfig, ModelsConfig, ReportsConfig, StandaloneConfig])),
    ...problemsOf(() => readConfig(ALL_SETTINGS)),
    ...problemsOf(() => readConfig(ModelsConfig)),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}

function problemsOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
