import { z } from 'zod';

/** An identity provider for the whole installation: of its first organisation, and of others that choose it. */
export const SignOnConfig = z.object({
  AI_MEMORY_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional().describe('Issuer of an OpenID Connect provider by which people sign in; organisations may name their own.'),
  AI_MEMORY_OIDC_CLIENT_ID: z.string().optional().describe('This server, as that provider knows it.'),
  AI_MEMORY_OIDC_CLIENT_SECRET: z.string().optional().describe('The secret for it; none for a public client.'),
  AI_MEMORY_OIDC_SCOPES: z.string().default('openid profile email').describe('What the provider is asked for, separated by spaces.'),
  AI_MEMORY_OIDC_GROUPS_CLAIM: z.string().default('groups').describe('The claim that lists the groups of a person.'),
}).superRefine((config, context) => {
  if (config.AI_MEMORY_OIDC_ISSUER && !config.AI_MEMORY_OIDC_CLIENT_ID) context.addIssue({ code: 'custom', path: ['AI_MEMORY_OIDC_CLIENT_ID'], message: 'is needed beside AI_MEMORY_OIDC_ISSUER' });
});
/** Injection token of the parsed section. */
export const SIGN_ON_CONFIG = Symbol('SignOnConfig');
export type SignOnConfig = z.output<typeof SignOnConfig>;
