const BASIC = /^Basic +([A-Za-z0-9+/_-]+={0,2})$/i;

/** The password of a Basic header, else its user name where the password is empty; undefined for any other header. */
export function tokenInBasic(header: string | undefined): string | undefined {
  const [, encoded] = BASIC.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const [user, password] = colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 1)];
  return password || user;
}
