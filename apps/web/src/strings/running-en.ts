const plural = (count: number, one: string, many: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Of forms, the administration and the system, in English. */
export const runningEn = {
  forms: { cancel: 'Cancel', done: 'Done', save: 'Save', saved: 'Saved.', working: 'Working…', typeToConfirm: (typed: string) => `Type “${typed}” to confirm`, choose: 'Choose…', remove: 'Remove', none: 'None', yes: 'Yes', no: 'No' },
  admin: {
    title: 'Administration', users: 'Users', groups: 'Groups', group: 'group', serviceAccounts: 'Service accounts', access: 'Projects and access', tokens: 'Tokens', signOn: 'Sign-on', audit: 'Audit', usage: 'Usage and limits', retention: 'Retention', models: 'Models', webhooks: 'Webhooks', data: 'Data',
  },
  people: {
    add: 'Add user', name: 'Name', nameHint: 'As agents and pages will name them.', email: 'Email', role: 'Role', roleOf: (name: string) => `Role of ${name}`, since: 'Since', actions: 'Actions', filter: 'Filter users', you: 'you', operator: 'operator', disabled: 'disabled',
    roles: { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' },
    roleHints: { owner: 'May do everything, also erase the organisation and make further owners.', admin: 'Runs the organisation, but does not touch its owners.', member: 'Reads and writes in every open project.', viewer: 'Reads every open project.' },
    export: 'Export', roleChanged: (name: string) => `${name} has another role now.`, added: (name: string) => `${name} was added.`, invite: 'Invite', inviteTitle: (name: string) => `A way in for ${name}`, inviteHint: 'Send this address to them: it lets them choose a password and sign in, once. It is not shown again.',
    disable: 'Disable', disableTitle: (name: string) => `Disable ${name}?`, disableHint: 'Their tokens and sign-ins end at once. What they wrote stays, and they can be let in again.', nowDisabled: (name: string) => `${name} can’t come in any more.`,
    enable: 'Enable', nowEnabled: (name: string) => `${name} may come in again.`, erase: 'Erase', eraseTitle: (name: string) => `Erase ${name}?`, eraseHint: 'All that is held of this person goes for good: sessions, notes, tokens, and their name in what others read. A signed report stays under “Data”. This can’t be taken back.', erasing: (name: string) => `${name} is being erased.`,
  },
  groups: {
    name: 'Group', add: 'Add group', members: 'Members', membersOf: (group: string) => `Members of ${group}`, none: 'No group yet', noneHint: 'Projects are granted to groups, so that whoever joins one need not be granted each.', empty: 'Nobody is in this group.', addMember: 'Add a user', addOne: 'Add', takeOut: 'Take out', choose: 'Choose a user…',
    remove: 'Delete', removeTitle: (group: string) => `Delete ${group}?`, removeHint: 'What was granted to the group is taken from its members at once. The users stay.', removed: 'The group is gone.',
  },
  accounts: { add: 'Add service account', nameHint: 'Of a-z, 0-9, dot, underscore and hyphen.', none: 'No service account', noneHint: 'For programs: a build server, a bot, a directory that provisions users. Make one, then a token for it.', disabled: 'It can’t come in any more.', disableHint: 'All its tokens end at once. What it wrote stays.' },
  tokens: {
    title: 'Tokens', own: 'My tokens', add: 'Make a token', whose: 'Whose', oneself: 'Yourself', may: 'May', used: 'Last used', expires: 'Expires', nameHint: 'Where it will be used: “laptop”, “build server”.', none: 'No token yet', noneHint: 'Agents, git and scripts come in with a token. Make one for each place, so that one can be revoked without the others.',
    states: { active: 'active', rotated: 'replaced', expired: 'expired', revoked: 'revoked' }, withEnded: 'Also those that ended', made: 'The new token', madeHint: 'Copy it now: it is not kept here, and not shown again.', days: (count: number) => plural(count, 'day', 'days'), never: 'Never', asUsual: 'As usual here',
    agentReach: 'Capture, read and write, as an agent', readingReach: 'Read only', chosenReach: 'Choose…', projects: 'Projects', everyProject: 'In every project that its user may use', someProjects: (count: number) => `Only in ${plural(count, 'project', 'projects')}`,
    scopes: {
      'ingest:write': 'capture sessions', 'memory:read': 'read pages, sessions and search', 'memory:write': 'leave notes, handoffs and messages', 'pages:write': 'write pages', git: 'clone and push', 'admin:people': 'users, groups and grants', 'admin:tokens': 'everybody’s tokens', 'admin:settings': 'settings of the organisation',
      'admin:audit': 'audit, usage and spending', 'admin:data': 'exports, erasures and indexes', 'admin:*': 'all of the administration',
    },
    rotate: 'Rotate', rotateTitle: (name: string) => `A new secret for ${name}?`, rotateHint: 'The old one works for one more hour, so that the new one can be put in its place.', revoke: 'Revoke', revokeTitle: (name: string) => `Revoke ${name}?`, revokeHint: 'What uses it is shut out within seconds. This can’t be taken back.', revoked: 'The token works no more.',
    policy: 'How long tokens may live', daysMax: 'At most, in days', mayNeverExpire: 'They may also never expire',
  },
  access: {
    project: 'Project', workspace: 'Workspace', workspaces: 'Workspaces', visibility: 'Visibility', visibilityOf: (name: string) => `Visibility of ${name}`, open: 'Open', restricted: 'Restricted', asDefault: 'As by default', byDefault: 'Projects are, unless they say otherwise',
    visibilityHints: { open: 'Members read and write in them, viewers read.', restricted: 'Only those see them to whom they are granted.' }, grants: 'Grants', grantsOf: (name: string) => `Granted in ${name}`, grantsHint: 'Beside what a role lets people do already. Owners and admins may everything.', workspaceGrantsHint: 'In every project of this workspace, also those to come.',
    noGrants: 'Nothing is granted to anybody.', who: 'To', level: 'Level', levels: { read: 'Read', write: 'Write', admin: 'Admin' }, grant: 'Grant', isGroup: 'A group', isUser: 'A user', name: 'Name', eraseHint: 'Its pages, with their history, its sessions and its index go for good. A signed report stays under “Data”. This can’t be taken back.',
  },
  signOn: {
    passwords: 'Sign in with a password', passwordsHint: 'Invitations lead to one.', enabled: 'Sign in with an identity provider', enabledHint: 'By OpenID Connect: Okta, Entra ID, Google, Keycloak and others.', ofInstallation: (issuer: string) => `Without one of your own, people come in by the installation’s: ${issuer}`, redirect: 'Redirect address, for the provider', issuer: 'Issuer', clientId: 'Client id', clientSecret: 'Client secret', hasSecret: 'One is saved; leave empty to keep it.',
    createsUsers: 'Make users as they first sign in', createsUsersHint: 'Else only those come in who were added before.', defaultRole: 'Role of who is in no group below', noRole: 'None: they are not let in', domains: 'Email domains', domainsHint: 'With commas between; nobody else is made a user.', roles: 'Roles by the provider’s groups', rolesHint: 'A line each: engineers = member', groups: 'Groups by the provider’s groups', groupsHint: 'A line each: sso-payments = payments',
    directory: 'Directory (SCIM)', directoryHint: 'A directory can make, change and disable users and groups itself. Give it this address, and a token with the scope admin:people of a service account that is an admin.', directoryAddress: 'Address of the directory interface',
  },
  audit: {
    actor: 'Who', action: 'What', target: 'On', from: 'From', to: 'Until', filter: 'Filter', none: 'No entry', noneHint: 'Nothing was recorded that is like this. Try fewer filters.', refused: 'refused', before: 'Before', after: 'After', address: 'From', request: 'Request', position: 'In the chain', export: 'Export',
    verify: 'Verify', whole: (count: number) => `The chain is whole: ${plural(count, 'entry', 'entries')}.`, broken: (position: number) => `The chain is broken at entry ${position}.`,
  },
  usage: {
    kept: 'Kept, and used this month', rows: 'Events and pages', bytes: 'Size of events and pages', tokens: (month: string) => `Tokens of models, ${month}`, cost: (month: string) => `Cost of models, ${month}`, limits: 'Limits', unlimited: 'There are no limits here.', of: 'Of', whose: { organisation: 'The organisation', user: 'A user', token: 'A token' },
    requests: 'Requests', events: 'Events', searches: 'Searches', refused: 'Refused', days: 'The last thirty days', day: 'Day', unused: 'Nothing was used.',
  },
  retention: {
    days: 'Days', forEver: 'For ever', captured: 'Captured sessions', capturedHint: 'Since a session’s last event; the pages that were made of it stay. Empty: for ever.', audit: 'Audit', auditHint: 'At least 30; the chain goes on from what was taken away last. Empty: for ever.', ofProject: 'Of one project', capturedOfProject: 'Captured sessions, in days',
    effective: (days: number | null) => (days === null ? 'Kept for ever now.' : `Kept for ${plural(days, 'day', 'days')} now: the shorter of this and the organisation’s.`), keepHint: 'It is kept for ever from now on.', shortenHint: (days: number) => `What is older than ${plural(days, 'day', 'days')} goes for good, and can’t be brought back.`,
    pagesFade: 'Archive pages that nobody reads', pagesFadeHint: 'They stay in the history, and can be restored.', halfLife: 'Days until a page that is not read counts half', next: 'Next',
  },
  models: {
    sources: { organisation: 'The organisation uses models of its own.', installation: 'The models of the installation are used. Add your own to use those instead.', none: 'There is no model: sessions become pages by rules alone.' }, enabled: 'Use language models', enabledHint: 'Sessions are summarised, and what they taught is kept as pages.', automatic: 'For every session that ends', automaticHint: 'Else where somebody asks for it.',
    add: 'Add a model', provider: 'Provider', providers: { anthropic: 'Anthropic', openai: 'OpenAI', gemini: 'Google Gemini', 'openai-compat': 'Like OpenAI, elsewhere' }, model: 'Model', key: 'API key', hasKey: 'One is saved; leave empty to keep it.', address: 'Address', ownAddress: 'The provider’s own', inputPrice: 'US dollars a million tokens in', outputPrice: 'US dollars a million tokens out',
    capTokens: 'Tokens a month at most', capDollars: 'US dollars a month at most', capDollarsHint: 'Needs the price of every model. Empty: no bound.', test: 'Test the models', testHint: 'Asks each that is saved for one word: whether its address, key and name are right.', testing: 'Asking…', answers: 'answers', fails: 'fails', spending: 'Spending', unspent: 'No model was called yet.', month: 'Month', calls: 'Calls', inputTokens: 'Tokens in', cachedTokens: 'Of them cached', outputTokens: 'Tokens out', cost: 'Cost',
  },
  webhooks: {
    add: 'Add webhook', none: 'No webhook', noneHint: 'A program of yours can be told of pages that were written, or be asked before they are, and refuse or change them.', mode: 'Does', modes: { observe: 'Is told', reject: 'May refuse', mutate: 'May change' }, modeHints: { observe: 'It is told after a page was written.', reject: 'It is asked before, and may refuse.', mutate: 'It is asked before, and may refuse, or change title, text and tags.' },
    onFailure: 'Where it does not decide', failures: { open: 'The write goes through', closed: 'The write is refused' }, url: 'Address', urlHint: 'Over TLS, at a public address.', made: 'The webhook’s secret', madeHint: 'Calls are signed with it. Copy it now: it is not shown again.', deliveries: 'Calls', deliveriesOf: (name: string) => `Calls of ${name}`, noDeliveries: 'It was not called yet.', sent: 'When', outcome: 'Outcome', took: 'Took',
    remove: 'Remove', removeTitle: (name: string) => `Remove ${name}?`, removeHint: 'It is told and asked nothing any more.', removed: 'The webhook is gone.',
  },
  data: {
    export: 'Export', exportHint: 'All that is held, a line of JSON a row. The last line says how many there are: without it the file is cut.', exportOrganisation: 'Of the organisation', exportMine: 'About you', holds: 'Legal holds', noHolds: 'Nothing is held.', placeHold: 'Place a hold', what: 'What', everything: 'The whole organisation', reason: 'Reason', when: 'When', lift: 'Lift', wasLifted: 'lifted', lifted: 'The hold is lifted.', liftTitle: 'Lift this hold?', liftHint: 'What it was about may be erased again.',
    erasures: 'Erasures', noErasures: 'Nothing was erased.', byOneself: 'People may erase themselves', byOneselfHint: 'Else owners and admins do it for them.', person: 'Person', project: 'Project', underWay: 'under way', by: 'By', rows: 'Rows', copyReport: 'Copy the signed report', end: 'The end', endHint: 'All pages, sessions, users and settings of the organisation go for good, and everybody is shut out at once. This can’t be taken back.', eraseOrganisation: 'Erase the organisation',
  },
  system: {
    version: (version: string) => `Version ${version}`, services: 'Services', service: 'Service', state: 'State', reachable: 'answers', silent: 'silent', took: 'Answers in', outboxes: 'Outboxes', waiting: 'Events waiting', oldest: 'The oldest since', seconds: (count: string) => `${count} s`, behind: 'Organisations behind in search', index: 'Search index', reindex: 'Build all anew', reindexHint: 'The search index of every organisation is made anew of its pages and events. What is found meanwhile comes of the old one.',
    reindexBegun: 'The index is being built anew.', noReindex: 'No index is being built anew.', reindexing: (running: string, waiting: string, read: string, total: string) => `${running} being built, ${waiting} waiting; ${read} of ${total} documents read.`, deadLetters: 'Dead letters', noDeadLetters: 'No event was given up.', event: 'Event', fault: 'Fault', buried: 'Given up', requeue: 'Requeue', requeued: 'It is announced again.', remove: 'Delete', removed: 'It is gone.', removeTitle: 'Let it go?', removeHint: 'What this event told of stays undone.',
    limits: 'Limits of an organisation', limitsHint: 'What one may use a minute, and keep. Empty: as by default.', organisation: 'Organisation', show: 'Show', unlimited: 'Limits are off on this installation.', limitsOf: (name: string) => `Limits of ${name}`, stored: 'Kept',
  },
};
