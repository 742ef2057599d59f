import { isPlaceholder, isRandom, isReference } from '../secret-values.js';
import { type Groups, QUOTE, rule } from './rule.js';

const USER = String.raw`[^\s/@:"'\x60<>\\]{0,256}`;
const WORD = String.raw`[^\s"'\x60\\]`;
const DATABASE = String.raw`(?<=\b(?:postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|nats|clickhouse|sqlserver|mssql)(?:\+\w{1,16})?)`;

function isGiven(secret: string): boolean {
  return !isReference(secret) && !isPlaceholder(secret);
}

/** Numbers are user and group ids, equal names a container's user: `-u 1000:1000`, `-u node:node`. */
function isUsersPassword(secret: string, { user }: Groups): boolean {
  return isGiven(secret) && secret !== user && !/^\d+$/.test(secret);
}

function isArgument(secret: string): boolean {
  return isGiven(secret) && !secret.startsWith('-');
}

/** Passwords where they say how to connect: URLs, connection strings, command lines. Scheme, user and host are kept. */
export const CONNECTION_RULES = [
  rule('url-password', ['://'], new RegExp(String.raw`:\/\/${USER}:(?<secret>[^\s/"'\x60<>\\]{1,512})(?=@[\w.[$%{-])`, 'y'), isGiven),
  // A database's password is often pasted unescaped, slash and all.
  rule('url-password', ['://'], new RegExp(String.raw`${DATABASE}:\/\/${USER}:(?<secret>(?:(?!:\/\/)[^\s"'\x60<>\\]){1,256})(?=@[\w.-]{1,253}[:/])`, 'y'), isGiven),
  rule('url-token', ['://'], /:\/\/(?<secret>[\w.~%-]{16,512})(?=@[\w.[-])/y, isRandom),
  rule('connection-string', ['password', 'pwd'], /(?<=;[\w ]{0,24})(?:password|pwd)\s{0,2}=\s{0,2}(?<secret>[^;"'\r\n\\]{1,256})/iy, isGiven),
  rule('connection-string', ['password', 'pwd'], /(?:password|pwd)\s{0,2}=\s{0,2}(?<secret>[^;"'\s\\]{1,256})(?=;\s{0,2}[A-Za-z][\w ]{1,40}=)/iy, isGiven),
  rule('netrc-password', ['password'], /(?<=\blogin\s{1,8}[^\s"'\\]{1,128}\s{1,8})password\s{1,8}(?<secret>[^\s"'\\]{1,256})/y, isGiven),
  rule('command-password', ['identified by'], /identified by (?:password )?'(?<secret>[^'\r\n]{1,256})/iy, isGiven),
  rule('user-and-password', ['-u ', '-u"', "-u'", '-u=', '--user', '--proxy-user'],
    new RegExp(String.raw`(?<=[\s"'\x60,]|^)(?:-u|--user|--proxy-user)(?:[\s=]{0,4}|${QUOTE},\s{0,4})(?:${QUOTE})?(?<user>[A-Za-z_$][^\s:"'\x60\\/]{0,127}):(?!:)(?<secret>${WORD}{1,256})`, 'y'),
    isUsersPassword),
  rule('command-password', ['mysql', 'mariadb', 'sshpass'],
    new RegExp(String.raw`(?:mysql\w{0,12}|mariadb\w{0,12}|sshpass)(?: [^\r\n|;&]{0,160}?)? -p\s?(?:${QUOTE})?(?<secret>${WORD}{1,256})`, 'y'), isArgument),
  rule('command-password', ['docker login', 'redis-cli'],
    new RegExp(String.raw`(?:docker login|redis-cli)(?: [^\r\n|;&]{0,160}?)? -[pa]\s{1,4}(?:${QUOTE})?(?<secret>${WORD}{1,256})`, 'y'), isArgument),
] as const;
