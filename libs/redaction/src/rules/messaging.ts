import { rule, standalone } from './rule.js';

/** A Discord token starts with its bot's decimal id in base64, which leaves ninety possible beginnings. */
const DISCORD_BEGINNINGS = ['MT', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT'].flatMap((two) => [...'AEIMQUYcgk'].map((third) => two + third));
const HEX_DIGITS = [...'0123456789abcdef'];

/** Chat, mail and telephony. */
export const MESSAGING_RULES = [
  rule('slack-token', ['xox'], standalone(/xox[a-z](?:\.xox[bp])?-[\w%-]{10,255}/y)),
  rule('slack-token', ['xapp'], standalone(/xapp-\d-[\w-]{10,255}/y)),
  rule('slack-webhook', ['hooks.slack'], /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/+-]{16,255})/y),
  rule('discord-token', DISCORD_BEGINNINGS, standalone(/[MNO][\w-]{23,28}\.[\w-]{6}\.[\w-]{27,64}/y)),
  rule('discord-webhook', ['discord'], /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{5,24}\/(?<secret>[\w-]{30,128})/y),
  rule('telegram-token', [':aa'], /(?<=(?<!\d)\d{8,10}):(?<secret>AA[\w-]{32,64})/y),
  rule('teams-webhook', ['webhook.office'], /webhook\.office\.com\/webhookb2\/(?<secret>[\w@/-]{36,255})/y),
  rule('twilio-key', HEX_DIGITS.map((digit) => `sk${digit}`), standalone(/SK[0-9a-f]{32}(?![0-9A-Za-z])/y)),
  rule('sendgrid-key', ['sg.'], standalone(/SG\.[\w-]{16,32}\.[\w-]{16,64}/y)),
  rule('mailgun-key', ['key-'], standalone(/key-[0-9a-f]{32}(?![0-9A-Za-z])/y)),
  rule('mailchimp-key', ['-us'], /(?=-us\d{1,2}(?!\w))(?<=(?<![0-9A-Za-z])(?<secret>[0-9a-f]{32}))/y),
  rule('meta-token', ['eaa'], standalone(/EAA[A-Za-z0-9]{40,512}/y), (secret) => /\d/.test(secret) && new Set(secret).size > 12),
] as const;
