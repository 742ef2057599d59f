/** Of forms, the administration and the system, in English. */
export const runningEn = {
  forms: { cancel: 'Cancel', done: 'Done', save: 'Save', saved: 'Saved.', working: 'Working…', typeToConfirm: (typed: string) => `Type “${typed}” to confirm`, choose: 'Choose…', remove: 'Remove', none: 'None', yes: 'Yes', no: 'No' },
  admin: {
    title: 'Administration', users: 'Users', groups: 'Groups', serviceAccounts: 'Service accounts',
  },
  people: {
    add: 'Add user', name: 'Name', nameHint: 'As agents and pages will name them.', email: 'Email', role: 'Role', roleOf: (name: string) => `Role of ${name}`, since: 'Since', actions: 'Actions', filter: 'Filter users', you: 'you', operator: 'operator', disabled: 'disabled',
    roles: { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' },
    roleHints: { owner: 'May do everything, also erase the organisation and make further owners.', admin: 'Runs the organisation, but does not touch its owners.', member: 'Reads and writes in every open project.', viewer: 'Reads every open project.' },
    roleChanged: (name: string) => `${name} has another role now.`, added: (name: string) => `${name} was added.`, invite: 'Invite', inviteTitle: (name: string) => `A way in for ${name}`, inviteHint: 'Send this address to them: it lets them choose a password and sign in, once. It is not shown again.',
    disable: 'Disable', disableTitle: (name: string) => `Disable ${name}?`, disableHint: 'Their tokens and sign-ins end at once. What they wrote stays, and they can be let in again.', nowDisabled: (name: string) => `${name} can’t come in any more.`,
    enable: 'Enable', nowEnabled: (name: string) => `${name} may come in again.`, erase: 'Erase', eraseTitle: (name: string) => `Erase ${name}?`, eraseHint: 'All that is held of this person goes for good: sessions, notes, tokens, and their name in what others read. A signed report stays under “Data”. This can’t be taken back.', erasing: (name: string) => `${name} is being erased.`,
  },
  groups: {
    name: 'Group', add: 'Add group', members: 'Members', membersOf: (group: string) => `Members of ${group}`, none: 'No group yet', noneHint: 'Projects are granted to groups, so that whoever joins one need not be granted each.', empty: 'Nobody is in this group.', addMember: 'Add a user', addOne: 'Add', takeOut: 'Take out', choose: 'Choose a user…',
    remove: 'Delete', removeTitle: (group: string) => `Delete ${group}?`, removeHint: 'What was granted to the group is taken from its members at once. The users stay.', removed: 'The group is gone.',
  },
  accounts: { add: 'Add service account', none: 'No service account', noneHint: 'For programs: a build server, a bot, a directory that provisions users. Make one, then a token for it.', disabled: 'It can’t come in any more.', disableHint: 'All its tokens end at once. What it wrote stays.' },
};
