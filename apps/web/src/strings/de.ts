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
    overview: 'Überblick', pages: 'Seiten', sessions: 'Sitzungen', recent: 'Zuletzt geändert', rules: 'Regeln und angeheftete Seiten', noRules: 'Keine Regeln und nichts angeheftet. Angeheftetes wird jeder Sitzung zu Beginn gesagt.', tree: 'Alle Seiten', filterTree: 'Seiten filtern', activity: 'Das letzte Jahr', activityDay: (count, day) => `${plural(count, 'Ereignis', 'Ereignisse')} am ${day}`, noPages: 'Noch keine Seite',
    noPagesHint: 'Seiten entstehen, wenn Sitzungen enden, und durch Agenten und Menschen.', less: 'Weniger', more: 'Mehr', newPage: 'Neue Seite', open: 'offen', ended: 'beendet', lastSessions: 'Letzte Sitzungen', noSessions: 'Noch keine Sitzung', noSessionsHint: 'Sitzungen angeschlossener Agenten erscheinen hier, während sie laufen.', restricted: 'beschränkt', projectRoot: 'Projekt', agent: 'Agent', owner: 'Wer', began: 'Begonnen', lasted: 'Dauer', size: 'Ereignisse', indexed: 'Im Index', fold: (name) => `Ordner ${name}`, heldOf: (part, whole) => `${part} von ${whole}`,
  },
  page: {
    edit: 'Bearbeiten', history: 'Verlauf', raw: 'Quelltext', blame: 'Wer schrieb was', read: 'Lesen', outline: 'Auf dieser Seite', backlinks: 'Verweise hierher', noBacklinks: 'Keine Seite verweist hierher.', related: 'Verwandt', noRelated: 'Nichts liegt in der Nähe.', about: 'Über diese Seite', pin: 'Anheften', unpin: 'Lösen', pinned: 'Angeheftet', written: (who, when) => `${who}, ${when}`, superseded: 'An ihrer Stelle steht:', kind: 'Art', tier: 'Stufe', trust: 'Vertrauen', tags: 'Schlagworte', size: 'Größe', by: 'durch', session: 'Sitzung', expires: 'Läuft ab', commit: 'Commit', remoteImage: (text) => `Bild anderswo: ${text}`, blockedLink: 'Ein Verweis, dem nicht gefolgt wird',
    relation: { causes: 'verursacht', fixes: 'behebt', contradicts: 'widerspricht', supersedes: 'ersetzt', superseded_by: 'ersetzt durch' }, diagram: 'Diagramm, als Text', copyCode: 'Code kopieren', code: 'Code', done: 'erledigt', wasHere: 'Was sie vorher war', writeHere: 'Schreiben', toDo: 'offen', copyLink: 'Adresse kopieren', frontmatter: 'Metadaten', asOf: (when) => `Wie sie ${when} war.`, toCurrent: 'Zur jetzigen Fassung', reason: { link: 'verweist darauf', backlink: 'verweist hierher', tag: 'gleiches Schlagwort', entity: 'nennt dasselbe', session: 'gleiche Sitzung' },
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
};
