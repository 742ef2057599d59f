import { Injectable } from '@nestjs/common';
import type { ModelPrice, ModelProvider } from '#libs/contracts';
import type { TenantTx } from '#libs/database';

export interface SavedModel {
  provider: ModelProvider;
  model: string;
  baseUrl: string | null;
  price: ModelPrice | null;
  sealedKey: string | null;
}

export interface SavedSettings {
  isEnabled: boolean;
  isAutomatic: boolean;
  models: SavedModel[];
  capMicros: number | null;
  capTokens: number;
}

/** What an organisation has set: one row, or none. */
@Injectable()
export class ModelSettingsRepository {
  async find(tx: TenantTx): Promise<SavedSettings | undefined> {
    const rows = await tx.query<SavedSettings>(
      `SELECT is_enabled AS "isEnabled", is_automatic AS "isAutomatic", models, monthly_cap_micros::float8 AS "capMicros", monthly_cap_tokens::float8 AS "capTokens"
       FROM memory.model_settings WHERE organisation_id = $1`, [tx.organisationId]);
    return rows[0];
  }

  async save(tx: TenantTx, { isEnabled, isAutomatic, models, capMicros, capTokens }: SavedSettings): Promise<void> {
    await tx.query(
      `INSERT INTO memory.model_settings (organisation_id, is_enabled, is_automatic, models, monthly_cap_micros, monthly_cap_tokens) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (organisation_id) DO UPDATE SET is_enabled = excluded.is_enabled, is_automatic = excluded.is_automatic, models = excluded.models,
         monthly_cap_micros = excluded.monthly_cap_micros, monthly_cap_tokens = excluded.monthly_cap_tokens, updated_at = now()`,
      [tx.organisationId, isEnabled, isAutomatic, JSON.stringify(models), capMicros, capTokens]);
  }
}
