import type { runningEn } from './running-en.js';

const plural = (count: number, one: string, many: string): string => `${count.toLocaleString('de')} ${count === 1 ? one : many}`;

export const runningDe: typeof runningEn = {
  forms: { cancel: 'Abbrechen', done: 'Fertig', save: 'Speichern', saved: 'Gespeichert.', working: 'Moment…', typeToConfirm: (typed) => `Tippen Sie zur Bestätigung „${typed}“`, choose: 'Auswählen…', remove: 'Entfernen', none: 'Keine', yes: 'Ja', no: 'Nein' },
  admin: {
    title: 'Verwaltung', users: 'Personen', groups: 'Gruppen', group: 'Gruppe', serviceAccounts: 'Dienstkonten', access: 'Projekte und Zugriff', tokens: 'Token', signOn: 'Anmeldung', audit: 'Protokoll', usage: 'Nutzung und Grenzen', retention: 'Aufbewahrung', models: 'Modelle', webhooks: 'Webhooks', data: 'Daten',
  },
  people: {
    add: 'Person hinzufügen', name: 'Name', nameHint: 'So nennen sie Agenten und Seiten.', email: 'E-Mail', role: 'Rolle', roleOf: (name) => `Rolle von ${name}`, since: 'Seit', actions: 'Aktionen', filter: 'Personen filtern', you: 'Sie', operator: 'Betreiber', disabled: 'gesperrt',
    roles: { owner: 'Eigentümer', admin: 'Admin', member: 'Mitglied', viewer: 'Leser' },
    roleHints: { owner: 'Darf alles, auch die Organisation löschen und weitere Eigentümer ernennen.', admin: 'Führt die Organisation, rührt aber ihre Eigentümer nicht an.', member: 'Liest und schreibt in jedem offenen Projekt.', viewer: 'Liest jedes offene Projekt.' },
    roleChanged: (name) => `${name} hat jetzt eine andere Rolle.`, added: (name) => `${name} ist hinzugefügt.`, invite: 'Einladen', inviteTitle: (name) => `Ein Zugang für ${name}`, inviteHint: 'Schicken Sie diese Adresse: damit lässt sich einmal ein Passwort wählen und anmelden. Sie wird nicht wieder gezeigt.',
    disable: 'Sperren', disableTitle: (name) => `${name} sperren?`, disableHint: 'Token und Anmeldungen enden sofort. Das Geschriebene bleibt, und die Sperre lässt sich aufheben.', nowDisabled: (name) => `${name} kommt nicht mehr herein.`,
    enable: 'Entsperren', nowEnabled: (name) => `${name} darf wieder herein.`, erase: 'Löschen', eraseTitle: (name) => `${name} löschen?`, eraseHint: 'Alles, was von dieser Person gespeichert ist, verschwindet für immer: Sitzungen, Notizen, Token und ihr Name in dem, was andere lesen. Ein signierter Bericht bleibt unter „Daten“. Das lässt sich nicht zurücknehmen.', erasing: (name) => `${name} wird gelöscht.`,
  },
  groups: {
    name: 'Gruppe', add: 'Gruppe hinzufügen', members: 'Mitglieder', membersOf: (group) => `Mitglieder von ${group}`, none: 'Noch keine Gruppe', noneHint: 'Projekte gibt man Gruppen frei, damit nicht jedes einzeln freizugeben ist, wenn jemand dazukommt.', empty: 'Niemand ist in dieser Gruppe.', addMember: 'Person hinzufügen', addOne: 'Hinzufügen', takeOut: 'Herausnehmen', choose: 'Person auswählen…',
    remove: 'Löschen', removeTitle: (group) => `${group} löschen?`, removeHint: 'Was der Gruppe freigegeben war, verlieren ihre Mitglieder sofort. Die Personen bleiben.', removed: 'Die Gruppe ist fort.',
  },
  accounts: { add: 'Dienstkonto hinzufügen', nameHint: 'Aus a-z, 0-9, Punkt, Unterstrich und Bindestrich.', none: 'Kein Dienstkonto', noneHint: 'Für Programme: einen Build-Server, einen Bot, ein Verzeichnis, das Personen anlegt. Legen Sie eines an, dann ein Token dafür.', disabled: 'Es kommt nicht mehr herein.', disableHint: 'Alle seine Token enden sofort. Das Geschriebene bleibt.' },
  tokens: {
    title: 'Token', own: 'Meine Token', add: 'Token erzeugen', whose: 'Wessen', oneself: 'Sie selbst', may: 'Darf', used: 'Zuletzt benutzt', expires: 'Läuft ab', nameHint: 'Wo es benutzt wird: „Laptop“, „Build-Server“.', none: 'Noch kein Token', noneHint: 'Agenten, git und Skripte kommen mit einem Token herein. Erzeugen Sie für jeden Ort eines, damit sich eines ohne die anderen widerrufen lässt.',
    states: { active: 'gültig', rotated: 'ersetzt', expired: 'abgelaufen', revoked: 'widerrufen' }, withEnded: 'Auch beendete', made: 'Das neue Token', madeHint: 'Kopieren Sie es jetzt: es wird hier nicht aufbewahrt und nicht wieder gezeigt.', days: (count) => plural(count, 'Tag', 'Tage'), never: 'Nie', asUsual: 'Wie hier üblich',
    agentReach: 'Erfassen, lesen und schreiben, wie ein Agent', readingReach: 'Nur lesen', chosenReach: 'Auswählen…', projects: 'Projekte', everyProject: 'In jedem Projekt, das dem Inhaber offensteht', someProjects: (count) => `Nur in ${plural(count, 'Projekt', 'Projekten')}`,
    scopes: {
      'ingest:write': 'Sitzungen erfassen', 'memory:read': 'Seiten und Sitzungen lesen, suchen', 'memory:write': 'Notizen, Übergaben und Nachrichten hinterlassen', 'pages:write': 'Seiten schreiben', git: 'klonen und pushen', 'admin:people': 'Personen, Gruppen und Freigaben', 'admin:tokens': 'die Token aller', 'admin:settings': 'Einstellungen der Organisation',
      'admin:audit': 'Protokoll, Nutzung und Kosten', 'admin:data': 'Exporte, Löschungen und Index', 'admin:*': 'die ganze Verwaltung',
    },
    rotate: 'Erneuern', rotateTitle: (name) => `Ein neues Geheimnis für ${name}?`, rotateHint: 'Das alte gilt noch eine Stunde, damit sich das neue an seine Stelle setzen lässt.', revoke: 'Widerrufen', revokeTitle: (name) => `${name} widerrufen?`, revokeHint: 'Was es benutzt, ist in Sekunden ausgesperrt. Das lässt sich nicht zurücknehmen.', revoked: 'Das Token gilt nicht mehr.',
    policy: 'Wie lange Token gelten dürfen', daysMax: 'Höchstens, in Tagen', mayNeverExpire: 'Sie dürfen auch nie ablaufen',
  },
  access: {
    project: 'Projekt', workspace: 'Arbeitsbereich', workspaces: 'Arbeitsbereiche', visibility: 'Sichtbarkeit', visibilityOf: (name) => `Sichtbarkeit von ${name}`, open: 'Offen', restricted: 'Beschränkt', asDefault: 'Wie voreingestellt', byDefault: 'Projekte sind, wenn sie nichts anderes sagen',
    visibilityHints: { open: 'Mitglieder lesen und schreiben darin, Leser lesen.', restricted: 'Nur die sehen sie, denen sie freigegeben sind.' }, grants: 'Freigaben', grantsOf: (name) => `Freigegeben in ${name}`, grantsHint: 'Zusätzlich zu dem, was die Rolle schon erlaubt. Eigentümer und Admins dürfen alles.', workspaceGrantsHint: 'In jedem Projekt dieses Arbeitsbereichs, auch in künftigen.',
    noGrants: 'Niemandem ist etwas freigegeben.', who: 'Für', level: 'Stufe', levels: { read: 'Lesen', write: 'Schreiben', admin: 'Verwalten' }, grant: 'Freigeben', eraseHint: 'Seine Seiten samt Verlauf, seine Sitzungen und sein Index verschwinden für immer. Ein signierter Bericht bleibt unter „Daten“. Das lässt sich nicht zurücknehmen.',
  },
  signOn: {
    passwords: 'Anmelden mit Passwort', passwordsHint: 'Einladungen führen zu einem.', enabled: 'Anmelden über einen Identitätsanbieter', enabledHint: 'Mit OpenID Connect: Okta, Entra ID, Google, Keycloak und andere.', ofInstallation: (issuer) => `Ohne eigenen kommen Personen über den der Installation herein: ${issuer}`, redirect: 'Rücksprungadresse, für den Anbieter', issuer: 'Aussteller', clientId: 'Client-ID', clientSecret: 'Client-Geheimnis', hasSecret: 'Eines ist gespeichert; leer lassen, um es zu behalten.',
    createsUsers: 'Personen bei der ersten Anmeldung anlegen', createsUsersHint: 'Sonst kommt nur herein, wer vorher hinzugefügt wurde.', defaultRole: 'Rolle ohne passende Gruppe', noRole: 'Keine: kein Zugang', domains: 'E-Mail-Domänen', domainsHint: 'Mit Kommas getrennt; sonst wird niemand angelegt.', roles: 'Rollen nach Gruppen des Anbieters', rolesHint: 'Je Zeile eine: engineers = member', groups: 'Gruppen nach Gruppen des Anbieters', groupsHint: 'Je Zeile eine: sso-payments = payments',
    directory: 'Verzeichnis (SCIM)', directoryHint: 'Ein Verzeichnis kann Personen und Gruppen selbst anlegen, ändern und sperren. Geben Sie ihm diese Adresse und ein Token mit dem Recht admin:people von einem Dienstkonto, das Admin ist.', directoryAddress: 'Adresse der Verzeichnisschnittstelle',
  },
  audit: {
    actor: 'Wer', action: 'Was', target: 'Woran', from: 'Von', to: 'Bis', filter: 'Filtern', none: 'Kein Eintrag', noneHint: 'Nichts dergleichen ist verzeichnet. Versuchen Sie weniger Filter.', refused: 'verweigert', before: 'Vorher', after: 'Nachher', address: 'Von', request: 'Anfrage', position: 'In der Kette', export: 'Exportieren',
    verify: 'Prüfen', whole: (count) => `Die Kette ist heil: ${plural(count, 'Eintrag', 'Einträge')}.`, broken: (position) => `Die Kette ist bei Eintrag ${position} gebrochen.`,
  },
  usage: {
    kept: 'Gespeichert, und diesen Monat verbraucht', rows: 'Ereignisse und Seiten', bytes: 'Größe der Ereignisse und Seiten', tokens: (month) => `Token der Modelle, ${month}`, cost: (month) => `Kosten der Modelle, ${month}`, limits: 'Grenzen', unlimited: 'Hier gibt es keine Grenzen.', of: 'Für', whose: { organisation: 'Die Organisation', user: 'Eine Person', token: 'Ein Token' },
    requests: 'Anfragen', events: 'Ereignisse', searches: 'Suchen', refused: 'Verweigert', days: 'Die letzten dreißig Tage', day: 'Tag', unused: 'Nichts wurde verbraucht.',
  },
  retention: {
    days: 'Tage', forEver: 'Für immer', captured: 'Erfasste Sitzungen', capturedHint: 'Seit dem letzten Ereignis einer Sitzung; die Seiten daraus bleiben. Leer: für immer.', audit: 'Protokoll', auditHint: 'Mindestens 30; die Kette geht weiter, wo zuletzt etwas fortgenommen wurde. Leer: für immer.', ofProject: 'Eines Projekts', capturedOfProject: 'Erfasste Sitzungen, in Tagen',
    effective: (days) => (days === null ? 'Derzeit für immer aufbewahrt.' : `Derzeit ${plural(days, 'Tag', 'Tage')} aufbewahrt: das Kürzere von hier und der Organisation.`), keepHint: 'Von jetzt an wird es für immer aufbewahrt.', shortenHint: (days) => `Was älter ist als ${plural(days, 'Tag', 'Tage')}, verschwindet für immer und lässt sich nicht zurückholen.`,
    pagesFade: 'Seiten archivieren, die niemand liest', pagesFadeHint: 'Sie bleiben im Verlauf und lassen sich wiederherstellen.', halfLife: 'Tage, bis eine ungelesene Seite halb zählt', next: 'Als Nächste',
  },
  models: {
    sources: { organisation: 'Die Organisation benutzt eigene Modelle.', installation: 'Die Modelle der Installation werden benutzt. Fügen Sie eigene hinzu, um stattdessen diese zu benutzen.', none: 'Es gibt kein Modell: Sitzungen werden nur nach Regeln zu Seiten.' }, enabled: 'Sprachmodelle benutzen', enabledHint: 'Sitzungen werden zusammengefasst, und was sie lehrten, wird zu Seiten.', automatic: 'Für jede beendete Sitzung', automaticHint: 'Sonst, wo es jemand verlangt.',
    add: 'Modell hinzufügen', provider: 'Anbieter', providers: { anthropic: 'Anthropic', openai: 'OpenAI', gemini: 'Google Gemini', 'openai-compat': 'Wie OpenAI, anderswo' }, model: 'Modell', key: 'API-Schlüssel', hasKey: 'Einer ist gespeichert; leer lassen, um ihn zu behalten.', address: 'Adresse', ownAddress: 'Die des Anbieters', inputPrice: 'US-Dollar je Million Token hinein', outputPrice: 'US-Dollar je Million Token heraus',
    capTokens: 'Token im Monat höchstens', capDollars: 'US-Dollar im Monat höchstens', capDollarsHint: 'Braucht den Preis jedes Modells. Leer: ohne Grenze.', test: 'Modelle prüfen', testHint: 'Fragt jedes gespeicherte nach einem Wort: ob Adresse, Schlüssel und Name stimmen.', testing: 'Fragt…', answers: 'antwortet', fails: 'scheitert', spending: 'Ausgaben', unspent: 'Noch wurde kein Modell gerufen.', month: 'Monat', calls: 'Aufrufe', inputTokens: 'Token hinein', cachedTokens: 'Davon aus dem Speicher', outputTokens: 'Token heraus', cost: 'Kosten',
  },
  webhooks: {
    add: 'Webhook hinzufügen', none: 'Kein Webhook', noneHint: 'Ein Programm von Ihnen kann von geschriebenen Seiten erfahren oder vorher gefragt werden und sie ablehnen oder ändern.', mode: 'Tut', modes: { observe: 'Erfährt', reject: 'Darf ablehnen', mutate: 'Darf ändern' }, modeHints: { observe: 'Es erfährt, dass eine Seite geschrieben wurde.', reject: 'Es wird vorher gefragt und darf ablehnen.', mutate: 'Es wird vorher gefragt und darf ablehnen oder Titel, Text und Schlagworte ändern.' },
    onFailure: 'Wo es nicht entscheidet', failures: { open: 'wird geschrieben', closed: 'wird abgelehnt' }, url: 'Adresse', urlHint: 'Über TLS, an einer öffentlichen Adresse.', made: 'Das Geheimnis des Webhooks', madeHint: 'Damit sind Aufrufe signiert. Kopieren Sie es jetzt: es wird nicht wieder gezeigt.', deliveries: 'Aufrufe', deliveriesOf: (name) => `Aufrufe von ${name}`, noDeliveries: 'Noch wurde es nicht gerufen.', sent: 'Wann', outcome: 'Ergebnis', took: 'Dauer',
    remove: 'Entfernen', removeTitle: (name) => `${name} entfernen?`, removeHint: 'Es erfährt nichts mehr und wird nicht mehr gefragt.', removed: 'Der Webhook ist fort.',
  },
  data: {
    export: 'Export', exportHint: 'Alles, was gespeichert ist, je Zeile ein Stück JSON. Die letzte Zeile sagt, wie viele es sind: ohne sie ist die Datei abgeschnitten.', exportOrganisation: 'Der Organisation', exportMine: 'Über Sie', holds: 'Aufbewahrungspflichten', noHolds: 'Nichts ist festgehalten.', placeHold: 'Festhalten', what: 'Was', everything: 'Die ganze Organisation', reason: 'Grund', when: 'Wann', lift: 'Aufheben', wasLifted: 'aufgehoben', lifted: 'Es ist aufgehoben.', liftTitle: 'Diese Pflicht aufheben?', liftHint: 'Was sie betraf, darf wieder gelöscht werden.',
    erasures: 'Löschungen', noErasures: 'Nichts wurde gelöscht.', byOneself: 'Personen dürfen sich selbst löschen', byOneselfHint: 'Sonst tun es Eigentümer und Admins für sie.', person: 'Person', project: 'Projekt', underWay: 'läuft', by: 'Durch', rows: 'Zeilen', copyReport: 'Signierten Bericht kopieren', end: 'Das Ende', endHint: 'Alle Seiten, Sitzungen, Personen und Einstellungen der Organisation verschwinden für immer, und alle sind sofort ausgesperrt. Das lässt sich nicht zurücknehmen.', eraseOrganisation: 'Organisation löschen',
  },
  system: {
    version: (version) => `Version ${version}`, services: 'Dienste', service: 'Dienst', state: 'Zustand', reachable: 'antwortet', silent: 'schweigt', took: 'Antwortet in', outboxes: 'Postausgänge', waiting: 'Wartende Ereignisse', oldest: 'Das älteste seit', seconds: (count) => `${count} s`, behind: 'Organisationen mit Rückstand in der Suche', index: 'Suchindex', reindex: 'Alles neu bauen', reindexHint: 'Der Suchindex jeder Organisation wird aus ihren Seiten und Ereignissen neu gemacht. Was inzwischen gefunden wird, kommt aus dem alten.',
    reindexBegun: 'Der Index wird neu gebaut.', noReindex: 'Kein Index wird neu gebaut.', reindexing: (running, waiting, read, total) => `${running} im Bau, ${waiting} warten; ${read} von ${total} Dokumenten gelesen.`, deadLetters: 'Aufgegebene Ereignisse', noDeadLetters: 'Kein Ereignis wurde aufgegeben.', event: 'Ereignis', fault: 'Fehler', buried: 'Aufgegeben', requeue: 'Neu versuchen', requeued: 'Es ist wieder angekündigt.', remove: 'Löschen', removed: 'Es ist fort.', removeTitle: 'Aufgeben?', removeHint: 'Was dieses Ereignis sagte, bleibt ungetan.',
  },
};
