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
    overview: 'Overview', pages: 'Pages', sessions: 'Sessions', recent: 'Last changed', rules: 'Rules and pinned pages', noRules: 'No rules and no pinned pages. What is pinned is told to every session at its start.', tree: 'All pages', filterTree: 'Filter pages', activity: 'Activity of the last year', activityDay: (count: number, day: string) => `${plural(count, 'event', 'events')} on ${day}`, noPages: 'No page yet',
    noPagesHint: 'Pages are written when sessions end, and by agents and people.', less: 'Less', more: 'More', newPage: 'New page', open: 'open', ended: 'ended', lastSessions: 'Last sessions', noSessions: 'No session yet', noSessionsHint: 'Sessions of wired agents appear here while they run.', restricted: 'restricted', projectRoot: 'Project', agent: 'Agent', owner: 'Owner', began: 'Began', lasted: 'Lasted', size: 'Events', indexed: 'Indexed', fold: (name: string) => `Folder ${name}`, heldOf: (part: string, whole: string) => `${part} of ${whole}`,
  },
  page: {
    edit: 'Edit', history: 'History', raw: 'Raw', blame: 'Who wrote what', read: 'Read', outline: 'On this page', backlinks: 'Linked from', noBacklinks: 'No page links here.', related: 'Related', noRelated: 'Nothing else is near.', about: 'About this page', pin: 'Pin', unpin: 'Unpin', pinned: 'Pinned', written: (who: string, when: string) => `${who}, ${when}`, superseded: 'Another page stands in its place:', kind: 'Kind', tier: 'Tier', trust: 'Trust', tags: 'Tags', size: 'Size', by: 'by', session: 'Session', expires: 'Expires', commit: 'Commit', remoteImage: (text: string) => `Picture elsewhere: ${text}`, blockedLink: 'A link that is not followed',
    relation: { causes: 'causes', fixes: 'fixes', contradicts: 'contradicts', supersedes: 'supersedes', superseded_by: 'superseded by' }, diagram: 'Diagram, as text', copyCode: 'Copy code', code: 'Code', done: 'done', wasHere: 'What it was before', writeHere: 'Write it', toDo: 'to do', copyLink: 'Copy link', frontmatter: 'Metadata', asOf: (when: string) => `As it was ${when}.`, toCurrent: 'Read the current version', reason: { link: 'links to it', backlink: 'links here', tag: 'shares a tag', entity: 'names the same', session: 'same session' },
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
};

export type Strings = typeof en;
