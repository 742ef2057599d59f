import { runningEn } from './running-en.js';

const plural = (count: number, one: string, many: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What the web says, in English. Other languages have the same keys: the compiler says what is missing. */
export const en = {
  language: { code: 'en', name: 'English' },
  shell: {
    skip: 'Skip to content', navigation: 'Main navigation', openMenu: 'Open menu', closeMenu: 'Close menu', search: 'Search', home: 'Home', projects: 'Projects', admin: 'Administration', system: 'System', setup: 'Connect an agent',
    account: 'Account', theme: 'Theme', themes: { light: 'Light', dark: 'Dark', system: 'As the system' }, language: 'Language', signOut: 'Sign out', signIn: 'Sign in', signedInAs: (name: string) => `Signed in as ${name}`, allProjects: 'All projects',
    keyboard: 'Keyboard shortcuts', close: 'Close', untitled: 'ai-memory', more: 'Show more', showAll: 'Show all', newer: 'Newer', older: 'Older', loading: 'Loading', copy: 'Copy', copied: 'Copied', dismiss: 'Dismiss',
  },
  keys: { palette: 'Search and go to anything', help: 'Show these shortcuts', goHome: 'Go to home', goSearch: 'Go to search', edit: 'Edit the page', history: 'History of the page', close: 'Close what is open', nextPrevious: 'Next and previous result' },
  problem: {
    title: 'That did not work', unreachable: 'The server does not answer.', unreachableHint: 'Check your connection; this page tries again when you ask it to.', retry: 'Try again', notFound: 'There is nothing here',
    notFoundHint: 'It was moved or deleted, or it is not yours to see.', forbidden: 'You may not see this', trace: (id: string) => `For whoever runs the server: trace ${id}`, home: 'Back to home', broken: 'This part of the page broke', brokenHint: 'Load the page again. If it happens again, tell whoever runs the server what you did.', newVersion: 'There is a newer version of this page', reload: 'Load it',
  },
  palette: {
    title: 'Search', placeholder: 'Search pages and sessions, or go to a project…', goTo: 'Go to', pages: 'Pages', sessions: 'In sessions', nothing: (query: string) => `Nothing holds “${query}”.`, hint: 'Type to search everything you may read.', all: 'All results', results: (count: number) => plural(count, 'result', 'results'),
    project: 'Project',
  },
  time: { now: 'just now', never: 'never' },
  count: {
    pages: (count: number) => plural(count, 'page', 'pages'), sessions: (count: number) => plural(count, 'session', 'sessions'), events: (count: number) => plural(count, 'event', 'events'), projects: (count: number) => plural(count, 'project', 'projects'),
    handoffs: (count: number) => plural(count, 'open handoff', 'open handoffs'), changes: (count: number) => plural(count, 'change', 'changes'),
  },
  home: {
    title: 'Home', greeting: (name: string) => `Hello, ${name}`, since: (when: string) => `Since you last looked, ${when}`, first: 'What happened lately', nothingNew: 'Nothing has changed since.', handoffs: 'Left for the next session', noHandoffs: 'Nothing waits for a session.', yourProjects: 'Projects', filter: 'Filter projects', empty: 'No project yet',
    emptyHint: 'A project appears by itself when a wired agent starts a session in its folder.', connect: 'Connect an agent', noMatch: 'No project has such a name.', earlier: 'Earlier',
  },
  project: {
    overview: 'Overview', pages: 'Pages', sessions: 'Sessions', recent: 'Last changed', rules: 'Rules and pinned pages', noRules: 'No rules and no pinned pages. What is pinned is told to every session at its start.', tree: 'All pages', filterTree: 'Filter pages', showMore: (count: number) => `${plural(count, 'more page', 'more pages')}`, treeCut: (count: number) => `The first ${plural(count, 'page', 'pages')} by path. The others are found by`, activity: 'Activity of the last year', activityDay: (count: number, day: string) => `${plural(count, 'event', 'events')} on ${day}`, noPages: 'No page yet',
    noPagesHint: 'Pages are written when sessions end, and by agents and people.', less: 'Less', more: 'More', newPage: 'New page', open: 'open', ended: 'ended', lastSessions: 'Last sessions', noSessions: 'No session yet', noSessionsHint: 'Sessions of wired agents appear here while they run.', restricted: 'restricted', projectRoot: 'Project', settings: 'Settings', notYours: 'Settings of a project are for its admins.', takeAlong: 'Take along', takeAlongHint: 'The archive has the pages as Markdown files, and can be imported again. The export has all that is held: sessions, events and more, a line of JSON a row.', archive: 'Pages, as an archive', export: 'All data', agent: 'Agent', owner: 'Owner', began: 'Began', lasted: 'Lasted', size: 'Events', indexed: 'Indexed', fold: (name: string) => `Folder ${name}`, heldOf: (part: string, whole: string) => `${part} of ${whole}`,
  },
  page: {
    edit: 'Edit', history: 'History', raw: 'Raw', blame: 'Who wrote what', read: 'Read', outline: 'On this page', backlinks: 'Linked from', noBacklinks: 'No page links here.', related: 'Related', noRelated: 'Nothing else is near.', about: 'About this page', pin: 'Pin', unpin: 'Unpin', pinned: 'Pinned', written: (who: string, when: string) => `${who}, ${when}`, superseded: 'Another page stands in its place:', kind: 'Kind', tier: 'Tier', trust: 'Trust', tags: 'Tags', size: 'Size', by: 'by', session: 'Session', expires: 'Expires', commit: 'Commit', remoteImage: (text: string) => `Picture elsewhere: ${text}`, blockedLink: 'A link that is not followed',
    relation: { causes: 'causes', fixes: 'fixes', contradicts: 'contradicts', supersedes: 'supersedes', superseded_by: 'superseded by' }, diagram: 'Diagram, as text', copyCode: 'Copy code', code: 'Code', done: 'done', wasHere: 'What it was before', writeHere: 'Write it', toDo: 'to do', copyLink: 'Copy link', frontmatter: 'Metadata', asOf: (when: string) => `As it was ${when}.`, toCurrent: 'Read the current version', reason: { link: 'links to it', backlink: 'links here', tag: 'shares a tag', entity: 'names the same', session: 'same session' }, used: 'Used', readBy: (reads: number, readers: number) => (reads === 0 ? 'not read yet' : `read ${plural(reads, 'time', 'times')} by ${plural(readers, 'person', 'people')} and their agents`), cost: (usd: string, tokens: string) => `Models took ${usd} (${tokens} tokens) for its session.`,
  },
  trust: { user: 'a person stands for it', agent: 'written by an agent', tool: 'from a tool’s output', outside: 'from outside' },
  history: {
    title: 'History', added: 'added', modified: 'changed', deleted: 'deleted', restore: 'Restore this version', restored: 'The page is as it was.', sideBySide: 'Side by side', unified: 'In one column', before: 'Before', after: 'After', noChange: 'No line differs.', cut: 'The difference is long; this is its beginning.', pushedBy: (who: string) => `pushed by ${who}`, view: 'Read this version', versions: 'Versions', confirm: 'Write the page anew as it was then? The versions since stay in its history.', cancel: 'Cancel', hidden: (count: number) => plural(count, 'unchanged line', 'unchanged lines'),
  },
  blame: { title: 'Who wrote what', lines: 'Lines', unknown: 'unknown', session: 'session', hint: 'Each part, with who wrote it last and in which session.' },
  edit: {
    title: 'Edit', body: 'Text, in Markdown', preview: 'Preview', write: 'Write', save: 'Save', saving: 'Saving…', cancel: 'Cancel', pageTitle: 'Title', tags: 'Tags, separated by commas', summary: 'Summary', saved: 'Saved.', unchanged: 'Nothing had changed.', merged: 'Somebody else changed the page meanwhile. Both changes are in it now: look it over.', conflictTitle: 'Somebody else changed the same lines',
    conflictHint: 'Nothing is lost. Left is what is stored now, right is yours. Make of both what is right, and save.', theirs: 'Stored now', yours: 'Yours', takeTheirs: 'Take what is stored', keepMine: 'Keep mine', mergedText: 'What will be saved', path: 'Path', pathHint: 'For instance decisions/use-postgres.md', newTitle: 'New page', leave: 'Leave without saving?', leaveHint: 'What you typed is not saved yet.', stay: 'Stay', leaveNow: 'Leave', kept: (path: string) => `Your text is kept at ${path}.`,
  },
  search: {
    title: 'Search', placeholder: 'What do you look for?', in: 'In', everywhere: 'all projects', kind: 'Kind', anyKind: 'any kind', after: 'Since', anyTime: 'any time', explain: 'Explain the order', pages: 'Pages', observations: 'In sessions', empty: 'Search all that agents and people have noted', emptyHint: 'Words, "a phrase", -without; or kind:decision path:notes agent:codex user:ada.', none: 'Nothing found', noneHint: 'Try fewer or other words, or search in all projects.', phraseMissed: 'Nothing holds the whole phrase; these hold its words.',
    corrected: (term: string, searched: string) => `Also searched for ${searched}, as next to nothing holds “${term}”.`, repeats: (count: number) => `${count} more say the same`, score: 'Score', day: 'a day', week: 'a week', month: 'a month', year: 'a year', filters: 'Filters', superseded: 'superseded', pinned: 'pinned', rarity: (term: string, count: number) => `${term}: ${count}`, found: (count: number) => plural(count, 'hit', 'hits'),
  },
  session: {
    title: 'Session', of: (agent: string, owner: string) => `${agent}, ${owner}`, filter: 'Find in this session', all: 'All', prompts: 'Prompts', tools: 'Tools', files: 'Files', errors: 'Errors', agents: 'Sub-agents', other: 'Other', page: 'The page it became', noPage: 'No page was made of it yet.', none: 'Nothing of this kind', noneHint: 'Choose another filter.', running: 'running', duration: 'Duration', events: 'Events', folder: 'Folder', model: 'Model', details: 'Details', compaction: 'Compacted', subagent: 'sub-agent', showText: 'Show text', timeline: 'Timeline', toStart: 'To the beginning', toEnd: 'To the end', cut: 'cut', end: 'Ended',
  },
  ...runningEn,
  setup: {
    title: 'Connect an agent', lead: 'Your coding agents report what they do, and are told what was learnt before. One command wires all of them on a machine.', command: 'Copy this command', commandHint: 'Run it in the folder of ai-memory, on the machine where your agents run. It finds them, shows what it changes, and proves that it works.', makeCommand: 'Make the command', tokenName: 'Set up on', shownOnce: 'It holds a token of yours, which is shown this once. Keep it to yourself.',
    copyCommand: 'Copy the command', work: 'Ask your agent something', workHint: 'Start it in the folder of any project, and ask whatever you like.', watch: 'See it arrive', watchHint: 'This page notices by itself.', waiting: 'Waiting for the first event…', arrived: 'It works: your agent is connected.', openProject: (name: string) => `Open ${name}`,
  },
  activity: {
    title: 'Activity', live: 'live', polled: 'every few seconds', show: 'Show', filters: { all: 'Everything', event: 'Events', page: 'Pages' }, none: 'Nothing happened yet', noneHint: 'What agents and people do here appears while they do it.',
    kinds: { 'session-start': 'Session began', 'user-prompt': 'Prompt', 'pre-tool-use': 'Tool called', 'post-tool-use': 'Tool answered', 'pre-compact': 'Compacting', 'post-compaction': 'Compacted', notification: 'Notification', stop: 'Turn ended', 'session-end': 'Session ended', other: 'Event' },
  },
  handoff: {
    title: 'Handoffs', state: 'State', states: { open: 'Open', accepted: 'Claimed', expired: 'Cancelled or expired' }, none: 'No handoff', noneHint: 'A session that ends leaves one for the next, and agents and people can leave one themselves.', nextSteps: 'Next steps', questions: 'Open questions', files: 'Files', shared: 'for anybody', origins: { automatic: 'left by a session’s end', manual: 'left on purpose' },
    claimedBy: (who: string) => `claimed by ${who}`, somebody: 'somebody', session: 'its session', cancel: 'Cancel handoff', cancelTitle: 'Cancel this handoff?', cancelHint: 'No session will be told of it any more.', cancelled: 'The handoff is cancelled.',
  },
  review: {
    title: 'Review', state: 'State', states: { open: 'Waiting', approved: 'Approved', rejected: 'Rejected' }, none: 'Nothing here', noneHint: 'What agents want to change and a person must decide on appears here.', modes: { automatic: 'Only what binds every session waits for a person', approval: 'All that agents write waits for a person' }, changes: { write: 'write', delete: 'delete' },
    approve: 'Approve', editFirst: 'Edit first', textOf: (path: string) => `Text of ${path}`, textHint: 'The whole file: metadata between the lines of dashes, then the text in Markdown.', approveEdited: 'Approve as edited', cancel: 'Cancel', reject: 'Reject', choose: (path: string) => `Choose ${path}`, chooseAll: 'Choose all', chosen: (count: number) => `${count} chosen`, decidedBy: (who: string) => `Decided by ${who}`, session: 'Where it comes from', difference: (path: string) => `What changes in ${path}`, done: { approve: (count: number) => plural(count, 'change approved.', 'changes approved.'), reject: (count: number) => plural(count, 'change rejected.', 'changes rejected.') },
    standings: { applies: 'It changes the page as shown.', merges: 'The page has changed since; both changes will be in it.', nothing: 'The page says so already.', conflict: 'Somebody changed the same lines since: reject it, and edit the page.', 'deleted-since': 'The page was deleted since.', 'made-since': 'Such a page was made since.', decided: 'It is decided.' },
  },
  lint: {
    title: 'Lint', looked: (pages: string) => `${pages} looked at`, none: 'Nothing is wrong', noneHint: 'No rule finds anything to mend in this wiki.', findings: 'Findings', code: 'Only', all: 'All findings', severities: { error: 'error', warning: 'warning', advice: 'advice' },
    codes: { 'broken-link': 'Broken link', contradiction: 'Contradiction', 'unreadable-frontmatter': 'Unreadable metadata', 'unresolved-conflict': 'Unresolved conflict', 'superseded-link': 'Link to a superseded page', stale: 'Stale', duplicate: 'Duplicate', disputed: 'Disputed', 'large-frontmatter': 'Large metadata', orphan: 'Linked from nowhere' },
  },
  feedback: {
    title: 'What people say of pages', none: 'Nobody has judged a page yet. Each page asks at its side.', question: 'Did it help?', signals: { helpful: 'Helpful', not_helpful: 'Not helpful', stale: 'Stale', wrong: 'Wrong' }, reason: 'Why? Agents and people read it.', give: 'Say so', thanks: 'Thank you: it is noted for this version of the page.',
  },
  graph: {
    title: 'Graph', links: (count: number) => plural(count, 'link', 'links'), label: (pages: number, links: number) => `${plural(pages, 'page', 'pages')} and ${plural(links, 'link', 'links')} between them; the list beside it says the same`, nearer: 'Nearer', farther: 'Farther', whole: 'Show all', byLinks: 'Pages, the most linked first', more: (count: number) => `${plural(count, 'further page', 'further pages')}: filter to find them.`, cut: 'the first 5,000',
  },
};

export type Strings = typeof en;
