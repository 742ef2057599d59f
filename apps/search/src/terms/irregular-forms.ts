/** Forms that a stemmer, which only cuts endings, can't lead back to their word: the base form first. */
const FAMILIES = `
  arise arose arisen|awake awoke awoken|become became|begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred
  bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|creep crept|deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk
  drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
  forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept|kneel knelt
  know knew known|lead led|learn learnt|leave left|lend lent|lose lost|make made|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said
  see saw seen|seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept
  slide slid|speak spoke spoken|spend spent|spin spun|stand stood|steal stole stolen|stick stuck|strike struck|swear swore sworn|sweep swept|swim swam swum|swing swung
  take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|understand understood|wake woke woken|wear wore worn|weep wept|win won
  write wrote written|overwrite overwrote overwritten|rewrite rewrote rewritten|rebuild rebuilt|withdraw withdrew withdrawn
  child children|man men|woman women|person people|mouse mice|foot feet|tooth teeth|life lives|wife wives|knife knives|leaf leaves|half halves
  index indices indexes|matrix matrices|vertex vertices|criterion criteria|analysis analyses|good better best|bad worse worst`;

const BASES: ReadonlyMap<string, string> = new Map(
  FAMILIES.trim().split(/\||\n/).flatMap((family) => {
    const [base, ...forms] = family.trim().split(' ');
    return forms.map((form) => [form, base!] as const);
  }),
);

/** `wrote` becomes `write`; a word that is regular, or unknown, stays as it is. */
export function baseForm(word: string): string {
  return BASES.get(word) ?? word;
}
