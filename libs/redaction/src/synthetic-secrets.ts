import type { RuleName } from './findings.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const UPPER = LOWER.toUpperCase();
const BASE62 = DIGITS + UPPER + LOWER;

/** Reproducible text without order. A digit, a small and a large letter lead where the alphabet has them, as in nearly every real secret. */
function random(length: number, alphabet = BASE62, seed = 7): string {
  const lead = ['7', 'q', 'R'].filter((char) => alphabet.includes(char)).join('').slice(0, length);
  let state = seed * 2_654_435_761;
  let text = lead;
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length];
  }
  return text;
}

function base64Url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function pem(label: string): string {
  const body = Array.from({ length: 12 }, (_, line) => random(64, `${BASE62}+/`, line + 1)).join('\n');
  return ['-----BEGIN', `${label}-----\n${body}\n${random(24)}==\n-----END`, `${label}-----`].join(' ');
}

const uuid = [8, 4, 4, 4, 12].map((length) => random(length, HEX)).join('-');

/**
 * Secrets that are recognised by themselves, wherever they stand; put together at run time, so that no file holds one.
 * None opens a door.
 */
export const SYNTHETIC_SECRETS: readonly (readonly [rule: RuleName, secret: string])[] = [
  ['memory-token', `mem_${'pat'}_${random(30)}_${random(6)}`],
  ['memory-token', `mem_${'svc'}_${random(30)}_${random(6)}`],
  ['memory-token', `mem_${'dev'}_${random(30)}_${random(6)}`],
  ['memory-token', `mem_${'oat'}_${random(30)}_${random(6)}`],
  ['memory-token', `mem_${'ort'}_${random(30)}_${random(6)}`],
  ['memory-token', `aim_${random(43)}`],
  ['github-token', `gh${'p_'}${random(36)}`],
  ['github-token', `gh${'s_'}${random(36)}`],
  ['github-token', `github_${'pat'}_${random(22)}_${random(59)}`],
  ['gitlab-token', `gl${'pat'}-${random(20)}`],
  ['bitbucket-token', `AT${'BB'}${random(32)}`],
  ['npm-token', `npm${'_'}${random(36)}`],
  ['pypi-token', `py${'pi'}-AgEIcHlwaS5vcmc${random(70)}`],
  ['rubygems-token', `ruby${'gems_'}${random(48, HEX)}`],
  ['docker-token', `dckr${'_pat_'}${random(27)}`],
  ['huggingface-token', `h${'f_'}${random(34, UPPER + LOWER)}`],
  ['aws-access-key', `AK${'IA'}${random(16, `${UPPER}234567`)}`],
  ['aws-access-key', `AS${'IA'}${random(16, `${UPPER}234567`)}`],
  ['google-api-key', `AI${'za'}${random(35)}`],
  ['google-oauth', `ya${'29'}.${random(60)}`],
  ['google-oauth', `1${'//'}0${random(40)}`],
  ['google-oauth', `GOC${'SPX'}-${random(28)}`],
  ['digitalocean-token', `dop${'_v1_'}${random(64, HEX)}`],
  ['databricks-token', `da${'pi'}${random(32, HEX)}`],
  ['vault-token', `hv${'s.'}${random(90)}`],
  ['tailscale-key', `ts${'key'}-auth-${random(11)}-${random(32)}`],
  ['planetscale-token', `pscale${'_tkn_'}${random(43)}`],
  ['supabase-token', `sb${'p_'}${random(40, HEX)}`],
  ['pulumi-token', `pu${'l-'}${random(40, HEX)}`],
  ['fly-token', `fo${'1_'}${random(43)}`],
  ['slack-token', `xo${'xb'}-${random(12, DIGITS)}-${random(13, DIGITS)}-${random(24)}`],
  ['slack-token', `xa${'pp'}-1-A${random(10, UPPER)}-${random(13, DIGITS)}-${random(64, HEX)}`],
  ['discord-token', `MT${'A4'}${random(22)}.${random(6)}.${random(38)}`],
  ['twilio-key', `S${'K'}${random(32, HEX)}`],
  ['sendgrid-key', `S${'G.'}${random(22)}.${random(43)}`],
  ['mailgun-key', `key${'-'}${random(32, HEX)}`],
  ['meta-token', `EA${'AC'}${random(120)}`],
  ['stripe-key', `sk${'_live_'}${random(24)}`],
  ['stripe-key', `rk${'_test_'}${random(24)}`],
  ['webhook-secret', `wh${'sec_'}${random(32)}`],
  ['model-provider-key', `sk${'-ant-'}api03-${random(93)}AA`],
  ['model-provider-key', `sk${'-proj-'}${random(64)}`],
  ['model-provider-key', `sk${'-'}${random(48)}`],
  ['model-provider-key', `gs${'k_'}${random(52)}`],
  ['shopify-token', `shp${'at_'}${random(32, HEX)}`],
  ['square-token', `sq0${'atp'}-${random(22)}`],
  ['atlassian-token', `AT${'ATT3'}xFfGF0${random(180)}`],
  ['linear-key', `lin${'_api_'}${random(40)}`],
  ['notion-token', `nt${'n_'}${random(46)}`],
  ['figma-token', `fi${'gd_'}${random(40)}`],
  ['grafana-token', `gl${'sa_'}${random(32)}_${random(8, HEX)}`],
  ['sentry-token', `snt${'ryu_'}${random(64, HEX)}`],
  ['postman-key', `PM${'AK'}-${random(24, HEX)}-${random(34, HEX)}`],
  ['newrelic-key', `NR${'AK'}-${random(27, UPPER + DIGITS)}`],
  ['doppler-token', `dp${'.pt.'}${random(43)}`],
  ['onepassword-token', `ops${'_ey'}J${random(300)}`],
  ['private-integration-token', `pi${'t-'}${uuid}`],
  ['private-key', pem('RSA PRIVATE KEY')],
  ['private-key', pem('OPENSSH PRIVATE KEY')],
  ['private-key', pem('PGP PRIVATE KEY BLOCK')],
  ['age-key', `AGE-${'SECRET'}-KEY-1${random(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`],
  ['jwt', `${base64Url({ alg: 'HS256', typ: 'JWT' })}.${base64Url({ sub: '1234567890', name: 'Ada' })}.${random(43)}`],
];

const password = `h${'unter'}2!Zq`;
const key = random(40);

/** Secrets that only what is around them gives away: the rule, the secret, and the text it stands in. */
export const SECRETS_IN_CONTEXT: readonly (readonly [rule: RuleName, secret: string, text: (secret: string) => string])[] = [
  ['aws-secret-key', random(40, `${BASE62}/+`), (s) => `AK${'IA'}${random(16, UPPER)},${s}`],
  ['aws-secret-key', random(40, `${BASE62}/+`), (s) => `Secret Access Key: ${s}`],
  ['aws-secret-key', random(40, `${BASE62}/+`), (s) => `aws_secret_access_key = ${s}`],
  ['aws-signature', random(64, HEX), (s) => `https://b.s3.amazonaws.com/x?X-Amz-Date=1&X-Amz-Signature=${s}`],
  ['azure-key', `${random(86)}==`, (s) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${s};EndpointSuffix=core.windows.net`],
  ['azure-key', `${random(43)}=`, (s) => `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${s}`],
  ['azure-client-secret', `8${'Q~'}${random(34)}`, (s) => `client: Abc${s}`],
  ['azure-signature', `${random(43)}%3D`, (s) => `https://a.blob.core.windows.net/c?sv=2022&sr=b&sig=${s}&se=2030`],
  ['slack-webhook', `T${random(8)}/B${random(8)}/${random(24)}`, (s) => `curl https://hooks.slack.com/services/${s}`],
  ['discord-webhook', random(68), (s) => `https://discord.com/api/webhooks/123456789012345678/${s}`],
  ['teams-webhook', `${uuid}@${uuid}/IncomingWebhook/${random(32, HEX)}`, (s) => `https://acme.webhook.office.com/webhookb2/${s}`],
  ['telegram-token', `AA${random(33)}`, (s) => `https://api.telegram.org/bot123456789:${s}/getMe`],
  ['mailchimp-key', random(32, HEX), (s) => `user:${s}-us12`],
  ['url-password', password, (s) => `postgres://app:${s}@db:5432/app`],
  ['url-password', password, (s) => `mongodb+srv://app:${s}@cluster0.x.mongodb.net/?w=1`],
  ['url-password', password, (s) => `redis://:${s}@cache:6379/0`],
  ['url-password', password, (s) => `amqps://app:${s}@mq.example.com/vhost`],
  ['url-password', 'p@ss/w:rd1', (s) => `DATABASE=postgresql+asyncpg://app:${s}@db:5432/app`],
  ['url-password', password, (s) => `git clone https://ci:${s}@git.example.com/a/b.git`],
  ['url-token', random(40), (s) => `git clone https://${s}@git.example.com/a/b.git`],
  ['connection-string', 'plainword', (s) => `Server=db;Database=app;User Id=sa;Password=${s};Encrypt=true`],
  ['connection-string', 'plain word', (s) => `Server=db;Pwd=${s}`],
  ['netrc-password', 'plainword', (s) => `machine api.example.com login ada password ${s}`],
  ['netrc-password', 'plainword', (s) => `machine api.example.com\n  login ada\n  password ${s}\n`],
  ['user-and-password', password, (s) => `curl -sS -u ada:${s} https://example.com`],
  ['user-and-password', password, (s) => `curl --user "ada:${s}" https://example.com`],
  ['user-and-password', password, (s) => `["curl","-u","ada:${s}","https://example.com"]`],
  ['command-password', password, (s) => `mysql -h db -u root -p${s} app`],
  ['command-password', password, (s) => `sshpass -p '${s}' ssh host`],
  ['command-password', 'plainword', (s) => `CREATE USER app IDENTIFIED BY '${s}'`],
  ['command-password', password, (s) => `docker login -u ada -p ${s} registry.example.com`],
  ['authorization-header', key, (s) => `Authorization: Bearer ${s}`],
  ['authorization-header', key, (s) => `curl -H "Authorization: token ${s}" https://example.com`],
  ['authorization-header', key, (s) => `{"headers":{"authorization":"Bearer ${s}"}}`],
  ['authorization-header', Buffer.from('ada:lovelace').toString('base64'), (s) => `authorization: Basic ${s}`],
  ['authorization-header', key, (s) => `Authorization: ${s}`],
  ['authorization-header', random(32, HEX), (s) => `Authorization: Digest username="ada", realm="r", nonce="n", uri="/", response="${s}"`],
  ['bearer-token', key, (s) => `sends Bearer ${s} to the server`],
  ['basic-credentials', Buffer.from('ada:lovelace').toString('base64'), (s) => `the header was Basic ${s}, it said`],
  ['cookie', `sid=${random(24)}`, (s) => `Cookie: theme=dark; ${s}`],
  ['cookie', `connect.sid=s%3A${random(24)}`, (s) => `< Set-Cookie: ${s}; Path=/; HttpOnly`],
  ['cookie', `sid=${random(24)}`, (s) => `curl --cookie "${s}" https://example.com`],
  ['named-secret', password, (s) => `export DB_PASSWORD=${s}`],
  ['named-secret', password, (s) => `DB_PASSWORD="${s}"\nPORT=80`],
  ['named-secret', 'changeme', (s) => `POSTGRES_PASSWORD=${s}`],
  ['named-secret', 'changeme', (s) => `db:\n  user: app\n  password: ${s}\n  port: 1`],
  ['named-secret', 'p@ss,w;rd1)x', (s) => `DB_PASS=${s}\n`],
  ['named-secret', password, (s) => `PGPASSWORD='${s}' psql -h db`],
  ['named-secret', 'correct horse battery staple', (s) => `{"passphrase": "${s}"}`],
  ['named-secret', password, (s) => `{"user":"ada","password":"${s}"}`],
  ['named-secret', password, (s) => `{"body":"{\\"user\\":\\"ada\\",\\"password\\":\\"${s}\\"}"}`],
  ['named-secret', password, (s) => `"{\\\\\\"client_secret\\\\\\":\\\\\\"${s}\\\\\\"}"`],
  ['named-secret', password, (s) => `"stdout":"PORT=80\\nADMIN_TOKEN=${s}\\nUSER=ada\\n"`],
  ['named-secret', 'a"quoted"1', (s) => `{"password":${JSON.stringify(s)}}`],
  ['named-secret', key, (s) => `const apiKey = '${s}';`],
  ['named-secret', key, (s) => `const apiKey: string = "${s}";`],
  ['named-secret', key, (s) => `api_key := "${s}"`],
  ['named-secret', key, (s) => `  :secret_key_base => '${s}',`],
  ['named-secret', key, (s) => `os.environ["ACME_API_KEY"] = "${s}"`],
  ['named-secret', key, (s) => `headers.set('X-Api-Key', '${s}')`],
  ['named-secret', key, (s) => `client.setToken("${s}")`],
  ['named-secret', key, (s) => `X-Auth-Token: ${s}`],
  ['named-secret', key, (s) => `GET /v1/me?access_token=${s}&page=2`],
  ['named-secret', key, (s) => `deploy --token ${s} --force`],
  ['named-secret', password, (s) => `deploy --db-password=${s}`],
  ['named-secret', password, (s) => `["deploy","--password","${s}"]`],
  ['named-secret', password, (s) => `- name: SMTP_PASSWORD\n  value: ${s}\n`],
  ['named-secret', password, (s) => `{"name":"SMTP_PASSWORD","value":"${s}"}`],
  ['named-secret', password, (s) => `<add key="ClientSecret" value="${s}" />`],
  ['named-secret', password, (s) => `<server><password>${s}</password></server>`],
  ['named-secret', uuid, (s) => `//registry.example.com/:_authToken=${s}`],
  ['named-secret', Buffer.from('ada:lovelace').toString('base64'), (s) => `//registry.example.com/:_auth=${s}`],
  ['named-secret', password, (s) => `DATABASE_PASSWORD=\${DATABASE_PASSWORD:-${s}}`],
  ['named-secret', password, (s) => `by the way, the password is ${s}`],
  ['named-secret', password, (s) => `- **Password:** ${s}`],
  ['named-secret', password, (s) => `| password | ${s} |`],
  ['named-secret', password, (s) => `ALTER USER app WITH PASSWORD '${s}';`],
  ['named-secret', password, (s) => `ENV API_TOKEN ${s}`],
  ['named-secret', password, (s) => `token -> ${s}`],
  ['named-secret', 'changeme', (s) => `deploy --db-password=${s} --force`],
  ['named-secret', password, (s) => `pw: ${s}`],
  ['named-secret', '48151623', (s) => `{"password": ${s}}`],
  ['named-secret', 'cut off "middle 1', (s) => `{"token": ${JSON.stringify(s).slice(0, -1)}`],
  ['named-secret', key, (s) => `MY_SERVICE_KEY=${s}`],
];
