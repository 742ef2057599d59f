import { rule, standalone } from './rule.js';

const DIGITS = [...'0123456789'];

/** Clouds, and the stores and vaults that run in them. */
export const CLOUD_RULES = [
  // Any four letters turn up in the middle of a long run of base64.
  rule('aws-access-key', ['akia', 'asia', 'abia', 'acca'], /(?<![A-Za-z0-9]{24})A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}/y),
  rule('aws-secret-key', ['akia', 'asia'],
    /A[KS]IA[A-Z0-9]{16}[\\"'`]{0,4}[\s,:|]{1,4}["'`]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/y),
  rule('aws-secret-key', ['secret'],
    /secret[\s_-]{0,3}(?:access[\s_-]{0,3})?key[^\w/+]{1,12}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/iy,
    (secret) => !/^[0-9a-f]{40}$/.test(secret)),
  rule('aws-signature', ['x-amz'], /X-Amz-(?:Signature|Security-Token|Credential)=(?<secret>[\w%/+=.-]{16,2048})/iy),
  rule('google-api-key', ['aiza'], standalone(/AIza[\w-]{35,99}/y)),
  rule('google-oauth', ['ya29', '1//'], standalone(/(?:ya29\.|1\/\/0)[\w-]{20,512}/y)),
  rule('google-oauth', ['gocspx'], standalone(/GOCSPX-[\w-]{20,64}/y)),
  rule('azure-key', ['accountkey', 'sharedaccesskey'], /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9/+]{20,128}={0,2})/iy),
  rule('azure-signature', ['sig='], /(?<=[?&;"'\s]|^)sig=(?<secret>[A-Za-z0-9%/+_-]{30,128}={0,2})/y),
  rule('azure-client-secret', DIGITS.map((digit) => `${digit}q~`), /(?<=[\w~.-]{3})\dQ~[\w~.-]{31,64}/y),
  rule('digitalocean-token', ['dop', 'doo', 'dor'], standalone(/do[opr]_v1_[0-9a-f]{32,128}/y)),
  rule('databricks-token', ['dapi'], standalone(/dapi[0-9a-f]{32}(?:-\d)?(?![0-9a-f])/y)),
  rule('vault-token', ['hvs', 'hvb', 'hvr'], standalone(/hv[sbr]\.[\w-]{20,512}/y)),
  rule('tailscale-key', ['tskey'], standalone(/tskey-[a-z]{2,16}-[\w-]{16,128}/y)),
  rule('planetscale-token', ['pscale'], /pscale_(?:pw|tkn|oauth)_[\w.=-]{24,96}/y),
  rule('supabase-token', ['sbp_', 'sb_secret'], standalone(/(?:sbp_[0-9a-f]{32,64}|sb_secret_[\w-]{20,64})/y)),
  rule('pulumi-token', ['pul-'], standalone(/pul-[0-9a-f]{40,64}/y)),
  rule('fly-token', ['fm1', 'fm2', 'fo1'], standalone(/(?:fm[12][_a-z]?|fo1)_[\w/+=-]{40,512}/y)),
] as const;
