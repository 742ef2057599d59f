/** Words and phrases that agree, refuse, thank or say "go on" and ask for nothing new, by language. */
const PHRASES = [
  // English
  'ok okay okey k kk yes yep yeah yup ya y sure right correct exactly agreed fine good great perfect nice cool awesome excellent amazing',
  'thanks thx ty cheers please pls continue proceed next resume retry again go done now then so and no nope hi hello hey bye lgtm alright it',
  'thank you|go on|go ahead|go for it|carry on|keep going|do it|do that|do so|do this|sounds good|sounds great|looks good|looks great|lets go|lets do it',
  'lets do this|lets continue|got it|i see|all right|try again|not yet|thats fine|thats good|works for me|makes sense|ship it|well done|good job|i agree|you can continue|please continue',
  // German
  'ja nein gut super prima genau klar passt danke bitte weiter weitermachen los stimmt richtig jetzt jawohl jo doch perfekt einverstanden nochmal hallo',
  'dankeschön|vielen dank|danke dir|mach weiter|mach das|mach es|mach mal|leg los|in ordnung|alles klar|sehr gut|noch mal|ja bitte|passt so|so machen|weiter so',
  // Portuguese, Spanish, French, Italian
  'sim não nao beleza certo isso perfeito ótimo otimo obrigado obrigada valeu continua continuar segue siga bora vamos',
  'isso mesmo|pode continuar|pode ir|pode fazer|pode seguir|manda ver|por favor|tá bom|ta bom|tudo bem|vamos lá|faz isso|faça isso|muito bem|muito obrigado',
  'sí si vale claro perfecto genial gracias continúa adelante dale hazlo listo exacto correcto bien sigue',
  'muchas gracias|de acuerdo|está bien|esta bien|muy bien|sigue adelante|continúa por favor',
  'oui non merci continuez parfait allez daccord vasy stp svp bien',
  'merci beaucoup|vas y|allez y|très bien|cest bon|fais le|ça marche|ca marche|sil te plaît|sil vous plaît',
  'sì grazie avanti procedi perfetto certo|va bene',
  // Russian, Chinese, Japanese, Korean
  'да нет ок хорошо спасибо продолжай продолжить давай дальше отлично',
  '好 好的 好吧 继续 继续吧 请继续 繼續 请 谢谢 谢谢你 謝謝 可以 可以的 行 对 是 是的 没问题 嗯 同意 明白 收到 开始 开始吧 继续做 不错 很好 没错',
  'はい うん ええ 了解 了解です わかりました ありがとう ありがとうございます お願いします 続けて 続けてください 進めて 進めてください 大丈夫 いいね オーケー どうぞ いいえ',
  '네 예 응 좋아 좋아요 계속 계속해 계속해줘 계속해주세요 고마워 감사합니다 진행해 진행해줘 알겠습니다 오케이 아니요',
];

function phraseSet(): ReadonlySet<string> {
  const phrases = new Set<string>();
  for (const line of PHRASES) {
    if (line.includes('|')) for (const phrase of line.split('|')) phrases.add(phrase);
    else for (const word of line.split(' ')) phrases.add(word);
  }
  return phrases;
}

const KNOWN = phraseSet();
const WORDS_PER_PHRASE_MAX = 3;
const ACKNOWLEDGEMENT_CHARS_MAX = 80;

/** How many of the words from `from` on form a known phrase; the longest counts. */
function phraseLength(words: readonly string[], from: number): number {
  for (let length = WORDS_PER_PHRASE_MAX; length > 0; length--) {
    if (KNOWN.has(words.slice(from, from + length).join(' '))) return length;
  }
  return 0;
}

/** True for a prompt that only agrees, refuses, thanks or says "go on". */
export function isAcknowledgement(text: string): boolean {
  if (text.length > ACKNOWLEDGEMENT_CHARS_MAX) return false;
  const words = text.normalize('NFC').toLowerCase().replace(/['’]/g, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  let at = 0;
  while (at < words.length) {
    const length = phraseLength(words, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}
