import type { Finding } from './findings.js';

/** What is known of a session beside its observations. */
export interface SessionFacts {
  sessionId: string;
  nativeSessionId: string;
  agent: string;
  ownerName: string;
  cwd: string | null;
  model: string | null;
  startedAt: string;
  /** Null while the session is still open. */
  endedAt: string | null;
  endReason: string | null;
  workspace: string;
  project: string;
  /** How many observations the session had when it was read. */
  generation: number;
}

/** What the next agent is told. Plain text: whoever shows it escapes it. */
export interface HandoffContent {
  title: string;
  summary: string;
  openQuestions: string[];
  nextSteps: string[];
  /** Files the session changed, the latest first; where it changed none, those it read. */
  filesTouched: string[];
}

export interface SessionPage {
  /** `sessions/<sessionId>.md`: the same for every compilation of the session. */
  path: string;
  frontmatter: Record<string, unknown>;
  /** Markdown of at most `SESSION_PAGE_BYTES_MAX` bytes. */
  body: string;
}

export interface CompiledSession {
  kind: 'compiled';
  title: string;
  /** One sentence of plain text. */
  summary: string;
  page: SessionPage;
  handoff: HandoffContent;
  /** What is worth pages of its own. */
  findings: Finding[];
  touchedFiles: TouchedFile[];
}

/** A file that the session read or changed, as far as its agent told. */
export interface TouchedFile {
  /** As in `FileHistory`. */
  path: string;
  touchedAt: string;
  isChanged: boolean;
  /** The first commit that the session showed after it changed the file. */
  commit: string | null;
  /** The events that were about it. */
  places: number[];
}

/** A session in which nothing was asked and no tool was used: it leaves no page and no handoff. */
export interface Ephemeral {
  kind: 'ephemeral';
}

/** Upper bound of a session page's markdown in UTF-8 bytes, however long the session. */
export const SESSION_PAGE_BYTES_MAX = 20_000;
