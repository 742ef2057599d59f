import { blocksOf } from './message-blocks.js';
import { sentencesOf } from './text.js';

const FILES_MAX = 12;
/** What an agent says it did to a file, by language; what it will do or could do says nothing. */
const DID = /\b(?:created?|added|updated?|modified|edited|changed|wrote|written|rewrote|enhanced|extended|refactored|extracted|fixed|improved|replaced|renamed|moved|removed|deleted|revised|merged|implemented|erstellt|geändert|angepasst|hinzugefügt|ergänzt|gelöscht|criei|criado|alterei|alterado|atualizei|creado|modificado|actualizado|créé|modifié|ajouté)\b/i;
const INTENDED = /\b(?:will|would|could|should|can|need(?:s)? to|let me|let's|i'll|going to|to be|not|n't|want|if)\b/i;
/** A path or a name with an ending of letters; versions, hosts and code are none. */
export const FILE_NAME = /(?<![\w./@:-])((?:[\w.@-]+\/)*[\w@.-]*[A-Za-z_-][\w@-]*\.(?:[cm]?[jt]sx?|mdc?|json[c5]?|ya?ml|toml|py|rs|go|java|kts?|rb|php|cs|cpp|cc|[ch]|hpp|swift|scala|sql|sh|ps1|html?|s?css|vue|svelte|proto|graphql|tf|lock|xml|ini|cfg|conf|env|txt))(?![\w/(])/g;
/** `Node.js`, `Next.js`: named like files and none. */
const PRODUCT = /^[A-Z]\w*\.js$/;

/** Files that the message says were changed, each once, in its order. */
export function filesNamedIn(message: string): string[] {
  const named = blocksOf(message).flatMap(({ text }) => sentencesOf(text)).filter((sentence) => DID.test(sentence) && !INTENDED.test(sentence));
  const files = named.flatMap((sentence) => Array.from(sentence.matchAll(FILE_NAME), (match) => match[1] ?? ''));
  return [...new Set(files)].filter((file) => !PRODUCT.test(file)).slice(0, FILES_MAX);
}
