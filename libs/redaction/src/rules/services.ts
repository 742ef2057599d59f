import { entropyBits } from '../secret-values.js';
import { rule, standalone } from './rule.js';

/** `sk-` also starts CSS classes and slugs; a key is not a row of plain words. */
function isKeyBody(secret: string): boolean {
  return /^sk-(?:ant|proj|svcacct|admin|or-v1)-/.test(secret) || (/\d/.test(secret) && !/^sk(?:-[a-z]+)+(?:-?\d{0,4})$/.test(secret) && entropyBits(secret) >= 3.3);
}

/** Payment, model providers, and the tools of developers. */
export const SERVICE_RULES = [
  rule('stripe-key', ['sk_live', 'sk_test', 'rk_live'], standalone(/[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}/y)),
  rule('webhook-secret', ['whsec'], /whsec_[\w/+=-]{20,128}/y),
  rule('model-provider-key', ['sk-'], standalone(/sk-[\w-]{16,255}/y), isKeyBody),
  rule('model-provider-key', ['gsk_', 'xai-', 'r8_', 'pplx', 'nvapi', 'lsv2', 'fw_', 'csk-'],
    standalone(/(?:gsk_|xai-|r8_|pplx-|nvapi-|lsv2_(?:pt|sk)_|fw_|csk-)[\w-]{20,255}/y), (secret) => /\d/.test(secret)),
  rule('shopify-token', ['shp'], standalone(/shp(?:at|ca|pa|ss|ua)_[0-9a-fA-F]{32,64}/y)),
  rule('square-token', ['sq0'], standalone(/sq0(?:atp|csp|idp)-[\w-]{22,64}/y)),
  rule('atlassian-token', ['atatt', 'atctt'], /AT[AC]TT3[\w=-]{32,255}/y),
  rule('linear-key', ['lin_'], standalone(/lin_(?:api|oauth)_[A-Za-z0-9]{32,128}/y)),
  rule('notion-token', ['ntn_'], standalone(/ntn_[A-Za-z0-9]{40,64}/y)),
  rule('figma-token', ['figd'], standalone(/fig[dur]_[\w-]{24,128}/y)),
  rule('grafana-token', ['glsa', 'glc_'], standalone(/gl(?:sa|c)_[\w+/=]{24,255}/y)),
  rule('sentry-token', ['sntry'], /sntry[su]_[\w+/=]{24,512}/y),
  rule('postman-key', ['pmak'], standalone(/PMAK-[0-9a-f]{24}-[0-9a-f]{34}/y)),
  rule('newrelic-key', ['nrak'], standalone(/NRAK-[A-Z0-9]{27,64}/y)),
  rule('doppler-token', ['dp.'], standalone(/dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{32,128}/y)),
  rule('onepassword-token', ['ops_'], standalone(/ops_eyJ[\w+/=-]{40,2048}/y)),
  rule('private-integration-token', ['pit-'], standalone(/pit-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/y)),
] as const;
