/** Who is to be named nowhere any more, as far as git and the tables name people. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** Stands for everybody who was erased, so that nobody can tell one from another. */
export const ERASED = { name: 'erased user', email: 'erased@ai-memory.invalid' };

const IDENTITY = /^((?:author|committer) |[0-9a-f]{40} [0-9a-f]{40} )(.*) <([^<>]*)>/;
/** Lines of a message that name people. */
const NAMING_LINE = /^(?:User|Proposed-by|Co-authored-by|Signed-off-by|Reviewed-by|Acked-by): .*$/gim;
const FRONTMATTER = /^---\r?\n[\s\S]*?\r?\n---(?=\r?\n|$)/;

/** A line of a commit's heading, or of a reflog, that names whom it names unless that is the person. By address, or by name: names are one user's in an organisation. */
export function headingWithout(line: string, person: Person): string {
  const [found, before, name = '', email = ''] = IDENTITY.exec(line) ?? [];
  if (found === undefined || !(addressesOf(person).includes(email.toLowerCase()) || name === person.name)) return line;
  return `${before}${ERASED.name} <${ERASED.email}>${line.slice(found.length)}`;
}

/** A commit's message without the person's address, and in lines that name people without their name. */
export function messageWithout(message: string, person: Person): string {
  return addressGone(message.replace(NAMING_LINE, (line) => nameGone(line, person)), person);
}

/** A page whose frontmatter does not name the person. What its text says of somebody is its writers' to change, or an owner's to purge. */
export function pageWithout(text: string, person: Person): string {
  return text.replace(FRONTMATTER, (frontmatter) => addressGone(frontmatter.split('\n').map((line) => (isValue(line, person) ? nameGone(line, person) : line)).join('\n'), person));
}

/** A line whose value is the name, or the name and an address; not one that happens to have the word in it. */
function isValue(line: string, { name }: Person): boolean {
  return new RegExp(`^\\s*(?:- |[\\w-]+:)\\s*["']?${escaped(name)}(?: <[^<>]*>)?["']?\\s*$`, 'iu').test(line);
}

function nameGone(text: string, { name }: Person): string {
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_.@-])${escaped(name)}(?![\\p{L}\\p{N}_@-])`, 'giu'), () => ERASED.name);
}

function addressGone(text: string, person: Person): string {
  return addressesOf(person).reduce((left, address) => left.replace(new RegExp(`(?<![\\w.+-])${escaped(address)}(?![\\w-]|\\.\\w)`, 'giu'), () => ERASED.email), text);
}

/** Their own, and what the compiler gives to whom it writes for. */
function addressesOf({ email, userId }: Person): string[] {
  return [email.toLowerCase(), `${userId}@users.ai-memory`];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
