import type { PageTrust } from '#libs/contracts';

const SUBJECT_FALLBACK = 'Update pages';
const TRAILER_CHARS_MAX = 400;

/** Who stands behind a commit. */
export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
  readonly agent: string | null;
  readonly sessionId: string | null;
  /** Who proposed what the author approved. */
  readonly proposer?: string;
}

/** How far the pages of a commit may be believed, by path. */
export type Trusts = ReadonlyMap<string, PageTrust>;

/**
 * The message with trailers that name agent, user, session and what may be believed how far, as `git log` and
 * `git interpret-trailers` read them. They are always the last paragraph, so that lines in the message that look like trailers
 * count for nothing.
 */
export function commitMessage(message: string, author: CommitAuthor, trusts: Trusts = new Map()): string {
  const text = message.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '').trim();
  const [agent, session, proposer] = [author.agent, author.sessionId, author.proposer ?? null].map(trailerValue);
  const trailers = [
    ...(agent ? [`Agent: ${agent}`] : []), `User: ${identity(author)}`, ...(session ? [`Session: ${session}`] : []), ...(proposer ? [`Proposed-by: ${proposer}`] : []),
    ...trustLines(author, trusts),
  ];
  return `${text || SUBJECT_FALLBACK}\n\n${trailers.join('\n')}\n`;
}

/** What a person alone wrote needs no word. */
function trustLines({ agent }: CommitAuthor, trusts: Trusts): string[] {
  return [...trusts].filter(([, trust]) => trust !== 'user' || agent !== null).map(([path, trust]) => `Trust: ${trust} ${path}`);
}

/** `Name <email>` as git stores it. */
export function identity(author: Pick<CommitAuthor, 'name' | 'email'>): string {
  const { name, email } = bareIdentity(author);
  return `${name} <${email}>`;
}

/** A name and an address without characters that would end a field early, and never empty. */
export function bareIdentity({ name, email }: Pick<CommitAuthor, 'name' | 'email'>): { name: string; email: string } {
  const bare = (text: string): string => onOneLine(text.replace(/[<>]/g, '')) || 'unknown';
  return { name: bare(name), email: bare(email).replace(/\s/g, '') };
}

/** What a trailer says, and what `git log` reads from it. */
export function trailerValue(value: string | null): string | null {
  return value === null ? null : onOneLine(value) || null;
}

function onOneLine(value: string): string {
  return value.replace(/[\s\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').slice(0, TRAILER_CHARS_MAX).replace(/\p{Cs}/gu, '').trim();
}
