import { z } from 'zod';
import { TOKEN_SCOPES } from '#libs/tenancy';

const Scopes = z.string().default('ingest:write memory:read memory:write pages:write').transform((list) => list.split(' ').filter(Boolean)).pipe(z.array(z.enum(TOKEN_SCOPES)));

/** Access tokens that another authorization server gives, for people of the first organisation. */
export const ExternalTokensConfig = z.object({
  AI_MEMORY_EXTERNAL_TOKEN_ISSUER: z.url({ protocol: /^https?$/ }).optional().describe('Issuer whose access tokens (JWT) are accepted beside our own.'),
  AI_MEMORY_EXTERNAL_TOKEN_AUDIENCE: z.string().min(1).optional().describe('What such a token must be for: how that issuer names this server. Required beside the issuer.'),
  AI_MEMORY_EXTERNAL_TOKEN_SCOPES: Scopes.describe('What such a token may be used for at most, separated by spaces; less, where its claim scope or scp names some of them.'),
}).superRefine((config, context) => {
  if (Boolean(config.AI_MEMORY_EXTERNAL_TOKEN_ISSUER) !== Boolean(config.AI_MEMORY_EXTERNAL_TOKEN_AUDIENCE)) context.addIssue({ code: 'custom', path: ['AI_MEMORY_EXTERNAL_TOKEN_AUDIENCE'], message: 'and AI_MEMORY_EXTERNAL_TOKEN_ISSUER are needed together' });
});
export type ExternalTokensConfig = z.output<typeof ExternalTokensConfig>;
