import { Injectable } from '@nestjs/common';
import type { TenantTx } from '#libs/database';
import { SignOnSettings } from './sign-on-settings.js';

export interface SavedSignOn {
  settings: SignOnSettings;
  sealedSecret: string | null;
}

@Injectable()
export class SignOnSettingsRepository {
  async find(tx: TenantTx): Promise<SavedSignOn | undefined> {
    const [row] = await tx.query<{ settings: unknown; sealed_secret: string | null }>('SELECT settings, sealed_secret FROM identity.sign_on_settings WHERE organisation_id = $1', [tx.organisationId]);
    return row && { settings: SignOnSettings.parse(row.settings), sealedSecret: row.sealed_secret };
  }

  async save(tx: TenantTx, { settings, sealedSecret }: SavedSignOn): Promise<void> {
    await tx.query(
      `INSERT INTO identity.sign_on_settings (organisation_id, settings, sealed_secret) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id) DO UPDATE SET settings = excluded.settings, sealed_secret = excluded.sealed_secret, updated_at = now()`,
      [tx.organisationId, JSON.stringify(settings), sealedSecret]);
  }
}
