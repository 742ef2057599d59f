import type { runningEn } from './running.en.js';

export const runningDe: typeof runningEn = {
  forms: { cancel: 'Abbrechen', done: 'Fertig', save: 'Speichern', saved: 'Gespeichert.', working: 'Moment…', typeToConfirm: (typed) => `Tippen Sie zur Bestätigung „${typed}“`, choose: 'Auswählen…', remove: 'Entfernen', none: 'Keine', yes: 'Ja', no: 'Nein' },
  admin: {
    title: 'Verwaltung', users: 'Personen', groups: 'Gruppen', serviceAccounts: 'Dienstkonten',
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
  accounts: { add: 'Dienstkonto hinzufügen', none: 'Kein Dienstkonto', noneHint: 'Für Programme: einen Build-Server, einen Bot, ein Verzeichnis, das Personen anlegt. Legen Sie eines an, dann ein Token dafür.', disabled: 'Es kommt nicht mehr herein.', disableHint: 'Alle seine Token enden sofort. Das Geschriebene bleibt.' },
};
