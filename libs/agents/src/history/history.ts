import type { JsonObject } from '../reading/fields.js';
import type { Machine } from '../wiring/wiring.js';

/** Something that happened in a past session, as the agent's hook would have told it. */
export interface PastEvent {
  /** Of the record that it was read from; with the event's name it is unique within the session. */
  readonly recordId: string;
  /** The event's name on the wire. */
  readonly event: string;
  /** RFC 3339. */
  readonly occurredAt: string;
  /** The hook's body but for session, folder and time. */
  readonly facts: JsonObject;
}

export interface PastSession {
  /** The id that hooks give. */
  readonly nativeSessionId: string;
  readonly cwd?: string | undefined;
  /** The git remote as the agent saw it; for folders that are gone. */
  readonly remote?: string | undefined;
  /** True for the records of a sub-agent, which belong to a session that has a file of its own. */
  readonly isPart?: boolean;
}

/**
 * Reads one session from the records of its store, in their order. Total: takes any JSON value, and gives nothing for what it
 * does not know. Keeps no more than what is open: calls without a result, and what was said last.
 */
export interface SessionReader {
  take(record: unknown): readonly PastEvent[];
  /** What is known to have happened only now that no more comes. */
  finish(): readonly PastEvent[];
  /** Undefined until a record has named it. */
  readonly session: PastSession | undefined;
}

/** A folder of files. Those that end in `.jsonl` hold a record a line, others one document. */
export interface FileStore {
  readonly folder: string;
  /** Whether a file holds a session, by its path below the folder, with `/`. */
  isSession(path: string): boolean;
  /** The file, beside a session's, that holds the folder in which it ran; relative to the session's. */
  readonly folderFile?: string;
  /** For a store that does not name the folder in which a session ran; the path is one below the store's folder, with `/`. */
  folderClueOf?(path: string): FolderClue;
  /** True where records have no times. The first record is then what the file itself tells, a `FileRecord`. */
  readonly isUntimed?: boolean;
}

/** What there is to find a session's folder by. */
export interface FolderClue {
  /** The folder's path, with a dash for all that stands between letters and digits. */
  readonly slug: string;
  /** A JSON file, below the store's folder, that may hold the folder as its `member`. */
  readonly file: string;
  readonly member: string;
}

/** A file as its system knows it. Times are RFC 3339; it began no later than it was written last. */
export interface FileRecord {
  /** Below the store's folder, with `/`. */
  readonly path: string;
  readonly started_at: string;
  readonly modified_at: string;
}

/** An SQLite file, and how to ask it. The first schema whose `probe` gives a row is the one that counts. */
export interface DatabaseStore {
  readonly database: string;
  readonly schemas: readonly {
    readonly probe: string;
    /** Rows with `id` and `time_updated` (ms), each the first record of its session. */
    readonly sessions: string;
    /** Rows of the session `?`, in order. */
    readonly records: string;
  }[];
}

/** What an agent keeps of its sessions. */
export interface History {
  stores(machine: Machine): readonly (FileStore | DatabaseStore)[];
  reader(): SessionReader;
}
