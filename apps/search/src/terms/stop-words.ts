import type { Language } from './languages.js';

/** English words that say nothing about what is looked for: Postgres' own list, and what is left of `doesn't` and the like. */
export const STOP_WORDS: ReadonlySet<string> = setOf(`
  i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself they them
  their theirs themselves what which who whom this that these those am is are was were be been being have has had having do does did doing
  a an the and but if or because as until while of at by for with about against between into through during before after above below to
  from up down in out on off over under again further then once here there when where why how all any both each few more most other some
  such no nor not only own same so than too very s t can will just don should now
  d ll m re ve isn aren wasn weren hasn haven hadn doesn didn won wouldn couldn shouldn mustn`);

/** The same of other languages, folded: what holds their sentences together. */
export const STOP_WORDS_OF: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: STOP_WORDS,
  de: setOf(`
    aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bitte da dabei dadurch dafur damit danach dann daran darauf das dass davon dazu dein deine dem den denn der
    des deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch fuer fur gegen hab habe haben hat hatte hatten hier ich ihr ihre ihren im immer in ins
    ist ja jede jeden jeder jedes jetzt kann kannst kein keine keinen keiner konnen konnte man mehr mein meine mich mir mit muss mussen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit
    sich sie sind so soll sollen sollte sondern sonst sowie statt uber um und uns unser unsere unter viel vom von vor wann war waren warum was wegen weil welche welcher welches wenn wer werden wie wieder
    will wir wird wo wurde wurden zu zum zur zwischen`),
  fr: setOf(`
    ai alors apres au aucun aussi autre aux avant avec avoir c ca car ce cela ces cet cette chaque chez comme comment d dans de depuis des donc dont du elle elles en encore entre est et etait etaient ete etre eu
    fait faire faut ici il ils j je jusque l la le les leur leurs lors lorsque lui m ma mais me meme mes mon n ne ni nos notre nous on ont ou par parce pas pendant peut peux peuvent plus pour pourquoi qu quand que
    quel quelle quelles quels qui quoi s sa sans se sera ses si soit son sont sous sur ta te tes tous tout toute toutes tres tu un une vers vos votre vous y`),
  es: setOf(`
    ahora al algo algun alguna antes aqui asi aun aunque cada como con contra cual cuales cuando de debe deben del desde despues donde el ella ellas ellos en entonces entre era eran es esa ese eso esta estaba estan estar
    este esto estos fue fueron ha hace hacer hacia han hasta hay la las le les lo los mas me mi mientras mis muy nada ni no nos nosotros nuestra nuestro o otra otras otro otros para pero por porque pues puede puedes pueden
    que quien se sea segun ser si siempre sin sobre solo son su sus tambien tan tanto te tiene tienen todas todo todos tras tu un una uno unos usted y ya yo`),
  pt: setOf(`
    agora ainda algum alguma antes ao aos apos aqui as assim ate cada com como contra da das de dela dele deles depois desde deve devem do dos e ela elas ele eles em enquanto entao entre era eram essa esse esta estao
    estar estas estava este eu fazer foi foram ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem nenhum no nos nossa nosso num numa o onde os ou outra outro outros para pela pelas pelo pelos pode
    podem por porque pra quais qual quando que quem sao se sem sempre ser seu seus sob sobre sua suas tambem te tem temos tinha toda todas todo todos tudo um uma umas uns vai voce voces`),
};

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
