import { createHash } from 'node:crypto';
import type { ModelPrice, ModelProvider } from '#libs/contracts';

/** A model that may be called, with all that a call needs. */
export interface ModelEndpoint {
  readonly provider: ModelProvider;
  readonly model: string;
  /** The provider's own address where null. */
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  readonly price: ModelPrice | null;
  /** Named by the operator, who may call what he likes; an organisation's goes through the checked door. */
  readonly isTrusted: boolean;
}

/** The same for two endpoints that fail together: one address under one key. Holds no secret. */
export function identityOf({ provider, baseUrl, model, apiKey, isTrusted }: ModelEndpoint): string {
  return createHash('sha256').update(JSON.stringify([provider, baseUrl, model, apiKey, isTrusted])).digest('base64url');
}
