/** What programmers write in more than one way: a question has the word, the code its short form. */
const FAMILIES = `
  string str|integer int|number num|dictionary dict|function func fn|directory dir folder|argument arg|parameter param|character char|delete del remove|boolean bool|length len
  database db|message msg|iterate iter|random rand|index idx|temporary tmp temp|maximum max|minimum min|average avg mean|variable var|document doc|application app|environment env
  repository repo|specification spec|authentication auth|kubernetes k8s|postgres postgresql pg|asynchronous async|synchronous sync|initialize init|configuration config cfg conf
  execute exec run|command cmd|source src|destination dst dest|language lang|calculate calc compute|column col|previous prev|current cur|request req|response resp
  attribute attr|expression expr|regex regexp|timestamp ts|object obj|value val|pointer ptr|buffer buf|error err|exception exc|context ctx|reference ref|connection conn
  password passwd pwd|process proc|address addr|image img|picture pic|information info|statistics stats|sequence seq|array arr|matrix mat|utility util|package pkg|library lib
  version ver|production prod|development dev|concatenate concat|separator sep|delimiter delim|position pos|coordinate coord|distance dist|frequency freq|original orig
  binary bin|decimal dec|hexadecimal hex|parallel par|generate gen|create make|numpy np|pandas pd|dataframe df|javascript js|typescript ts|python py`;

const OTHERS: ReadonlyMap<string, readonly string[]> = new Map(
  FAMILIES.trim().split(/\||\n/).flatMap((family) => {
    const words = family.trim().split(' ');
    return words.map((word) => [word, words.filter((other) => other !== word)] as const);
  }),
);

/** Other ways to write a word; none for most. */
export function abbreviationsOf(word: string): readonly string[] {
  return OTHERS.get(word) ?? [];
}
