import type { Strings } from './en.js';
import { runningDe } from './running-de.js';

const plural = (count: number, one: string, many: string): string => `${count.toLocaleString('de')} ${count === 1 ? one : many}`;

export const de: Strings = {
  language: { code: 'de', name: 'Deutsch' },
  shell: {
    skip: 'Zum Inhalt', navigation: 'Hauptnavigation', openMenu: 'Menü öffnen', closeMenu: 'Menü schließen', search: 'Suche', home: 'Start', projects: 'Projekte', admin: 'Verwaltung', system: 'System', setup: 'Agent anschließen',
    account: 'Konto', theme: 'Aussehen', themes: { light: 'Hell', dark: 'Dunkel', system: 'Wie das System' }, language: 'Sprache', signOut: 'Abmelden', signIn: 'Anmelden', signedInAs: (name) => `Angemeldet als ${name}`, allProjects: 'Alle Projekte',
    keyboard: 'Tastenkürzel', close: 'Schließen', untitled: 'ai-memory', more: 'Mehr zeigen', showAll: 'Alle zeigen', newer: 'Neuere', older: 'Ältere', loading: 'Lädt', copy: 'Kopieren', copied: 'Kopiert', dismiss: 'Ausblenden',
  },
  keys: { palette: 'Suchen und überallhin gehen', help: 'Diese Kürzel zeigen', goHome: 'Zum Start', goSearch: 'Zur Suche', edit: 'Seite bearbeiten', history: 'Verlauf der Seite', close: 'Offenes schließen', nextPrevious: 'Nächster und voriger Treffer' },
  problem: {
    title: 'Das ging nicht', unreachable: 'Der Server antwortet nicht.', unreachableHint: 'Ist die Verbindung da? Diese Seite versucht es auf Wunsch noch einmal.', retry: 'Noch einmal', notFound: 'Hier ist nichts',
    notFoundHint: 'Es ist verschoben oder gelöscht, oder nicht für Sie bestimmt.', forbidden: 'Das dürfen Sie nicht sehen', trace: (id) => `Für den Betreiber des Servers: Spur ${id}`, home: 'Zum Start', broken: 'Dieser Teil der Seite ist kaputt', brokenHint: 'Laden Sie die Seite neu. Geschieht es wieder, sagen Sie dem Betreiber, was Sie getan haben.', newVersion: 'Es gibt eine neuere Fassung dieser Seite', reload: 'Laden',
  },
  palette: {
    title: 'Suche', placeholder: 'Seiten und Sitzungen suchen, zu einem Projekt gehen…', goTo: 'Gehen zu', pages: 'Seiten', sessions: 'In Sitzungen', nothing: (query) => `Nichts enthält „${query}“.`, hint: 'Tippen Sie, um in allem zu suchen, was Sie lesen dürfen.', all: 'Alle Treffer', results: (count) => plural(count, 'Treffer', 'Treffer'),
    project: 'Projekt',
  },
  time: { now: 'gerade eben', never: 'nie' },
  count: {
    pages: (count) => plural(count, 'Seite', 'Seiten'), sessions: (count) => plural(count, 'Sitzung', 'Sitzungen'), events: (count) => plural(count, 'Ereignis', 'Ereignisse'), projects: (count) => plural(count, 'Projekt', 'Projekte'),
    handoffs: (count) => plural(count, 'offene Übergabe', 'offene Übergaben'), changes: (count) => plural(count, 'Änderung', 'Änderungen'),
  },
  home: {
    title: 'Start', greeting: (name) => `Hallo, ${name}`, since: (when) => `Seit Ihrem letzten Besuch, ${when}`, first: 'Was zuletzt geschah', nothingNew: 'Seither hat sich nichts geändert.', handoffs: 'Für die nächste Sitzung hinterlassen', noHandoffs: 'Nichts wartet auf eine Sitzung.', yourProjects: 'Projekte', filter: 'Projekte filtern', empty: 'Noch kein Projekt',
    emptyHint: 'Ein Projekt erscheint von selbst, wenn ein angeschlossener Agent in seinem Ordner eine Sitzung beginnt.', connect: 'Agent anschließen', noMatch: 'So heißt kein Projekt.', earlier: 'Früher',
  },
  project: {
    overview: 'Überblick', pages: 'Seiten', sessions: 'Sitzungen', recent: 'Zuletzt geändert', rules: 'Regeln und angeheftete Seiten', noRules: 'Keine Regeln und nichts angeheftet. Angeheftetes wird jeder Sitzung zu Beginn gesagt.', tree: 'Alle Seiten', filterTree: 'Seiten filtern', showMore: (count) => `${plural(count, 'weitere Seite', 'weitere Seiten')}`, treeCut: (count) => `Die ersten ${plural(count, 'Seite', 'Seiten')} nach Pfad. Die anderen findet die`, activity: 'Das letzte Jahr', activityDay: (count, day) => `${plural(count, 'Ereignis', 'Ereignisse')} am ${day}`, noPages: 'Noch keine Seite',
    noPagesHint: 'Seiten entstehen, wenn Sitzungen enden, und durch Agenten und Menschen.', less: 'Weniger', more: 'Mehr', newPage: 'Neue Seite', open: 'offen', ended: 'beendet', lastSessions: 'Letzte Sitzungen', noSessions: 'Noch keine Sitzung', noSessionsHint: 'Sitzungen angeschlossener Agenten erscheinen hier, während sie laufen.', restricted: 'beschränkt', projectRoot: 'Projekt', settings: 'Einstellungen', notYours: 'Die Einstellungen eines Projekts sind für seine Admins.', takeAlong: 'Mitnehmen', takeAlongHint: 'Das Archiv hat die Seiten als Markdown-Dateien und lässt sich wieder einspielen. Der Export hat alles Gespeicherte: Sitzungen, Ereignisse und mehr, je Zeile ein JSON.', archive: 'Seiten, als Archiv', export: 'Alle Daten', agent: 'Agent', owner: 'Wer', began: 'Begonnen', lasted: 'Dauer', size: 'Ereignisse', indexed: 'Im Index', fold: (name) => `Ordner ${name}`, heldOf: (part, whole) => `${part} von ${whole}`,
  },
  page: {
    edit: 'Bearbeiten', history: 'Verlauf', raw: 'Quelltext', blame: 'Wer schrieb was', read: 'Lesen', outline: 'Auf dieser Seite', backlinks: 'Verweise hierher', noBacklinks: 'Keine Seite verweist hierher.', related: 'Verwandt', noRelated: 'Nichts liegt in der Nähe.', about: 'Über diese Seite', pin: 'Anheften', unpin: 'Lösen', pinned: 'Angeheftet', written: (who, when) => `${who}, ${when}`, superseded: 'An ihrer Stelle steht:', kind: 'Art', tier: 'Stufe', trust: 'Vertrauen', tags: 'Schlagworte', size: 'Größe', by: 'durch', session: 'Sitzung', expires: 'Läuft ab', commit: 'Commit', remoteImage: (text) => `Bild anderswo: ${text}`, blockedLink: 'Ein Verweis, dem nicht gefolgt wird',
    relation: { causes: 'verursacht', fixes: 'behebt', contradicts: 'widerspricht', supersedes: 'ersetzt', superseded_by: 'ersetzt durch' }, diagram: 'Diagramm, als Text', copyCode: 'Code kopieren', code: 'Code', done: 'erledigt', wasHere: 'Was sie vorher war', writeHere: 'Schreiben', toDo: 'offen', copyLink: 'Adresse kopieren', frontmatter: 'Metadaten', asOf: (when) => `Wie sie ${when} war.`, toCurrent: 'Zur jetzigen Fassung', reason: { link: 'verweist darauf', backlink: 'verweist hierher', tag: 'gleiches Schlagwort', entity: 'nennt dasselbe', session: 'gleiche Sitzung' }, used: 'Genutzt', readBy: (reads, readers) => (reads === 0 ? 'noch nicht gelesen' : `${reads.toLocaleString('de')}-mal gelesen, von ${plural(readers, 'Person', 'Personen')} samt Agenten`), cost: (usd, tokens) => `Modelle kosteten ${usd} (${tokens} Tokens) für ihre Sitzung.`,
  },
  trust: { user: 'ein Mensch steht dafür ein', agent: 'von einem Agenten', tool: 'aus der Ausgabe eines Werkzeugs', outside: 'von außerhalb' },
  history: {
    title: 'Verlauf', added: 'neu', modified: 'geändert', deleted: 'gelöscht', restore: 'Diese Fassung wiederherstellen', restored: 'Die Seite ist wieder, wie sie war.', sideBySide: 'Nebeneinander', unified: 'In einer Spalte', before: 'Vorher', after: 'Nachher', noChange: 'Keine Zeile ist anders.', cut: 'Der Unterschied ist lang; dies ist der Anfang.', pushedBy: (who) => `gebracht von ${who}`, view: 'Diese Fassung lesen', versions: 'Fassungen', confirm: 'Die Seite neu schreiben, wie sie damals war? Die Fassungen seither bleiben im Verlauf.', cancel: 'Abbrechen', hidden: (count) => plural(count, 'gleiche Zeile', 'gleiche Zeilen'),
  },
  blame: { title: 'Wer schrieb was', lines: 'Zeilen', unknown: 'unbekannt', session: 'Sitzung', hint: 'Jeder Teil, mit dem, der ihn zuletzt schrieb, und in welcher Sitzung.' },
  edit: {
    title: 'Bearbeiten', body: 'Text, in Markdown', preview: 'Vorschau', write: 'Schreiben', save: 'Speichern', saving: 'Speichert…', cancel: 'Abbrechen', pageTitle: 'Titel', tags: 'Schlagworte, mit Kommas getrennt', summary: 'Zusammenfassung', saved: 'Gespeichert.', unchanged: 'Es war nichts geändert.', merged: 'Jemand hat die Seite inzwischen geändert. Beide Änderungen stehen nun darin: sehen Sie sie durch.', conflictTitle: 'Jemand hat dieselben Zeilen geändert',
    conflictHint: 'Nichts ist verloren. Links steht, was gespeichert ist, rechts Ihres. Machen Sie daraus, was richtig ist, und speichern Sie.', theirs: 'Gespeichert', yours: 'Ihres', takeTheirs: 'Gespeichertes nehmen', keepMine: 'Meines behalten', mergedText: 'Was gespeichert wird', path: 'Pfad', pathHint: 'Zum Beispiel decisions/use-postgres.md', newTitle: 'Neue Seite', leave: 'Gehen, ohne zu speichern?', leaveHint: 'Was Sie getippt haben, ist noch nicht gespeichert.', stay: 'Bleiben', leaveNow: 'Gehen', kept: (path) => `Ihr Text liegt unter ${path}.`,
  },
  search: {
    title: 'Suche', placeholder: 'Was suchen Sie?', in: 'In', everywhere: 'allen Projekten', kind: 'Art', anyKind: 'jede Art', after: 'Seit', anyTime: 'jederzeit', explain: 'Reihenfolge erklären', pages: 'Seiten', observations: 'In Sitzungen', empty: 'Suchen Sie in allem, was Agenten und Menschen festgehalten haben', emptyHint: 'Worte, "ein Satzteil", -ohne; oder kind:decision path:notes agent:codex user:ada.', none: 'Nichts gefunden', noneHint: 'Weniger oder andere Worte, oder in allen Projekten.', phraseMissed: 'Nichts enthält den ganzen Satzteil; dies enthält seine Worte.',
    corrected: (term, searched) => `Auch nach ${searched} gesucht, da fast nichts „${term}“ enthält.`, repeats: (count) => `${count} weitere sagen dasselbe`, score: 'Wert', day: 'einem Tag', week: 'einer Woche', month: 'einem Monat', year: 'einem Jahr', filters: 'Filter', superseded: 'ersetzt', pinned: 'angeheftet', rarity: (term, count) => `${term}: ${count}`, found: (count) => plural(count, 'Treffer', 'Treffer'),
  },
  session: {
    title: 'Sitzung', of: (agent, owner) => `${agent}, ${owner}`, filter: 'In dieser Sitzung finden', all: 'Alles', prompts: 'Aufträge', tools: 'Werkzeuge', files: 'Dateien', errors: 'Fehler', agents: 'Unteragenten', other: 'Anderes', page: 'Die Seite, die daraus wurde', noPage: 'Noch wurde keine Seite daraus.', none: 'Nichts dieser Art', noneHint: 'Wählen Sie einen anderen Filter.', running: 'läuft', duration: 'Dauer', events: 'Ereignisse', folder: 'Ordner', model: 'Modell', details: 'Einzelheiten', compaction: 'Verdichtet', subagent: 'Unteragent', showText: 'Text zeigen', timeline: 'Zeitleiste', toStart: 'Zum Anfang', toEnd: 'Zum Ende', cut: 'gekürzt', end: 'Beendet',
  },
  ...runningDe,
  setup: {
    title: 'Agent anschließen', lead: 'Ihre Agenten melden, was sie tun, und erfahren, was früher gelernt wurde. Ein Befehl schließt alle eines Rechners an.', command: 'Diesen Befehl kopieren', commandHint: 'Führen Sie ihn im Ordner von ai-memory aus, auf dem Rechner, auf dem Ihre Agenten laufen. Er findet sie, zeigt, was er ändert, und beweist, dass es geht.', makeCommand: 'Befehl erzeugen', tokenName: 'Eingerichtet am', shownOnce: 'Er enthält einen Schlüssel von Ihnen, der nur dieses eine Mal gezeigt wird. Behalten Sie ihn für sich.',
    copyCommand: 'Befehl kopieren', work: 'Ihren Agenten etwas fragen', workHint: 'Starten Sie ihn im Ordner irgendeines Projekts, und fragen Sie, was Sie mögen.', watch: 'Zusehen, wie es ankommt', watchHint: 'Diese Seite merkt es von selbst.', waiting: 'Wartet auf das erste Ereignis…', arrived: 'Es geht: Ihr Agent ist angeschlossen.', openProject: (name) => `${name} öffnen`,
  },
  activity: {
    title: 'Geschehen', live: 'live', polled: 'alle paar Sekunden', show: 'Zeigen', filters: { all: 'Alles', event: 'Ereignisse', page: 'Seiten' }, none: 'Noch ist nichts geschehen', noneHint: 'Was Agenten und Menschen hier tun, erscheint, während sie es tun.',
    kinds: { 'session-start': 'Sitzung begonnen', 'user-prompt': 'Auftrag', 'pre-tool-use': 'Werkzeug gerufen', 'post-tool-use': 'Werkzeug antwortete', 'pre-compact': 'Verdichtet gleich', 'post-compaction': 'Verdichtet', notification: 'Hinweis', stop: 'Zug beendet', 'session-end': 'Sitzung beendet', other: 'Ereignis' },
  },
  handoff: {
    title: 'Übergaben', state: 'Stand', states: { open: 'Offen', accepted: 'Übernommen', expired: 'Zurückgezogen oder abgelaufen' }, none: 'Keine Übergabe', noneHint: 'Eine Sitzung, die endet, hinterlässt der nächsten eine; auch Agenten und Menschen können es.', nextSteps: 'Nächste Schritte', questions: 'Offene Fragen', files: 'Dateien', shared: 'für alle', origins: { automatic: 'vom Ende einer Sitzung', manual: 'mit Absicht hinterlassen' },
    claimedBy: (who) => `übernommen von ${who}`, somebody: 'jemandem', session: 'ihre Sitzung', cancel: 'Übergabe zurückziehen', cancelTitle: 'Diese Übergabe zurückziehen?', cancelHint: 'Keine Sitzung erfährt mehr davon.', cancelled: 'Die Übergabe ist zurückgezogen.',
  },
  review: {
    title: 'Durchsicht', state: 'Stand', states: { open: 'Wartet', approved: 'Angenommen', rejected: 'Abgelehnt' }, none: 'Hier ist nichts', noneHint: 'Was Agenten ändern wollen und ein Mensch entscheiden muss, erscheint hier.', modes: { automatic: 'Nur was jede Sitzung bindet, wartet auf einen Menschen', approval: 'Alles, was Agenten schreiben, wartet auf einen Menschen' }, changes: { write: 'schreiben', delete: 'löschen' },
    approve: 'Annehmen', editFirst: 'Erst bearbeiten', textOf: (path) => `Text von ${path}`, textHint: 'Die ganze Datei: Metadaten zwischen den Strichlinien, dann der Text in Markdown.', approveEdited: 'Bearbeitet annehmen', cancel: 'Abbrechen', reject: 'Ablehnen', choose: (path) => `${path} wählen`, chooseAll: 'Alle wählen', chosen: (count) => `${count} gewählt`, decidedBy: (who) => `Entschieden von ${who}`, session: 'Woher es kommt', difference: (path) => `Was sich in ${path} ändert`, done: { approve: (count) => plural(count, 'Änderung angenommen.', 'Änderungen angenommen.'), reject: (count) => plural(count, 'Änderung abgelehnt.', 'Änderungen abgelehnt.') },
    standings: { applies: 'Es ändert die Seite wie gezeigt.', merges: 'Die Seite hat sich seither geändert; beide Änderungen werden darin stehen.', nothing: 'Die Seite sagt das schon.', conflict: 'Jemand hat seither dieselben Zeilen geändert: lehnen Sie ab, und bearbeiten Sie die Seite.', 'deleted-since': 'Die Seite wurde seither gelöscht.', 'made-since': 'Eine solche Seite wurde seither geschrieben.', decided: 'Es ist entschieden.' },
  },
  lint: {
    title: 'Prüfung', looked: (pages) => `${pages} angesehen`, none: 'Nichts ist falsch', noneHint: 'Keine Regel findet in diesem Wiki etwas zu bessern.', findings: 'Befunde', code: 'Nur', all: 'Alle Befunde', severities: { error: 'Fehler', warning: 'Warnung', advice: 'Rat' },
    codes: { 'broken-link': 'Verweis ins Leere', contradiction: 'Widerspruch', 'unreadable-frontmatter': 'Unlesbare Metadaten', 'unresolved-conflict': 'Ungelöster Konflikt', 'superseded-link': 'Verweis auf Ersetztes', stale: 'Veraltet', duplicate: 'Doppelt', disputed: 'Umstritten', 'large-frontmatter': 'Große Metadaten', orphan: 'Nirgends verwiesen' },
  },
  feedback: {
    title: 'Was man von Seiten sagt', none: 'Noch hat niemand eine Seite beurteilt. Jede Seite fragt an ihrer Seite danach.', question: 'War sie nützlich?', signals: { helpful: 'Nützlich', not_helpful: 'Nicht nützlich', stale: 'Veraltet', wrong: 'Falsch' }, reason: 'Warum? Agenten und Menschen lesen es.', give: 'Sagen', thanks: 'Danke: es ist zu dieser Fassung der Seite vermerkt.',
  },
  graph: {
    title: 'Graph', links: (count) => plural(count, 'Verweis', 'Verweise'), label: (pages, links) => `${plural(pages, 'Seite', 'Seiten')} und ${plural(links, 'Verweis', 'Verweise')} dazwischen; die Liste daneben sagt dasselbe`, nearer: 'Näher', farther: 'Ferner', whole: 'Alles zeigen', byLinks: 'Seiten, die am meisten verwiesenen zuerst', more: (count) => `${plural(count, 'weitere Seite', 'weitere Seiten')}: filtern Sie danach.`, cut: 'die ersten 5.000',
  },
};
