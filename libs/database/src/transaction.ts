import { type TenantScope, userOf } from '#libs/tenancy';
import { ask, type Connection, prepared, type Statement } from './connection.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of what costs the server nothing: a connection on which even that is not answered in time leads nowhere, and is let go. */
const PROMPT_TIMEOUT_MS = 5_000;

/** SQLSTATE of what is asked in a transaction in which a statement has failed. */
const AFTER_A_FAILURE = '25P02';

declare const opened: unique symbol;

/** A transaction that sees one organisation's rows and, of those that are a person's own, its user's. Repositories accept nothing else. */
export interface TenantTx {
  readonly [opened]: true;
  readonly organisationId: string;
  /** Runs SQL with bound parameters and returns its rows (also of INSERT … RETURNING). */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The same for a statement that is asked again and again, whose text never varies: each connection has it parsed once, and planned a few times. */
  prepared<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Ends the transaction with these statements, all of which are asked at once: COMMIT travels with them, so that it costs no round trip. Where one fails, nothing is kept. Nothing may be asked after them. */
  closing<T>(statements: () => Promise<T>): Promise<T>;
  /** Says that the work goes on, where it is long at something else: Postgres ends a transaction that asks nothing for ten seconds. Nothing to wait for. */
  stay(): void;
  /** Runs after COMMIT, once; not at all after a rollback. Must not throw. */
  afterCommit(action: () => void): void;
}

/** What is to be done for one organisation in a transaction. */
export interface Part<T> {
  readonly scope: TenantScope;
  readonly work: (tx: TenantTx) => Promise<T>;
}

/** What a transaction may have besides. */
export interface Manner {
  /** Of one that only reads. */
  mode?: string;
  /** Statements that need no plan, before everything else. */
  settings?: string;
  /** Also lets in where an organisation, or a user, has been erased. */
  isOfErased?: boolean;
}

/** Who statements are for. An error where the organisation, or the user, has been erased, unless that is what is worked on, or was asked in this transaction already. */
const ENTER = {
  living: "SELECT set_config('app.organisation_id', tenancy.enter($1), true), set_config('app.user_id', $2, true)",
  livingUser: "SELECT set_config('app.organisation_id', tenancy.enter($1, $2::uuid), true), set_config('app.user_id', $2::uuid::text, true)",
  unasked: "SELECT set_config('app.organisation_id', $1, true), set_config('app.user_id', $2, true)",
} as const;

/**
 * One transaction on one connection, for one organisation or several. Statements are carried out in the order in which they are asked, and between two that are not of the same part
 * stands one that says whom the next are for: row-level security shows each part its own organisation's rows, however their statements mix.
 */
export class Transaction {
  private readonly beginnings: Promise<unknown>[] = [];
  private readonly entered = new Set<Part<unknown>>();
  private readonly after: (() => void)[] = [];
  private current: Part<unknown> | undefined;
  private open = 0;
  private unanswered = 0;
  private commit: Promise<unknown> | undefined;
  /** Of the first statement that failed: those after it, of which the work may hear before, are told no reason. */
  private failure: unknown;

  constructor(private readonly connection: Connection, private readonly manner: Manner) {}

  /** Does all of them or none. Resolves with what each comes to, and the end of COMMIT, which is not waited for. Where it rejects, nothing has been rolled back yet. */
  async run<T>(parts: readonly Part<T>[]): Promise<{ results: T[]; committed: Promise<unknown> }> {
    this.open = parts.length;
    const { mode = '', settings = '' } = this.manner;
    // BEGIN travels with the first statement. Should it fail, that one is outside of any organisation, where there are no rows, and the work is for nothing.
    this.begin({ text: `START TRANSACTION ${mode}; ${settings}`, query_timeout: PROMPT_TIMEOUT_MS });
    this.enter(parts[0]!);
    const outcomes = await Promise.allSettled(parts.map((part) => this.runPart(part)));
    try {
      await Promise.all(this.beginnings);
      return { results: outcomes.map(valueOf), committed: this.commit! };
    } catch (error) {
      throw (error as { code?: unknown }).code === AFTER_A_FAILURE ? this.failure : error;
    }
  }

  /** Once it is committed. */
  finish(): void {
    this.after.forEach((action) => action());
  }

  private async runPart<T>(part: Part<T>): Promise<T> {
    // From the end of a part nothing more is asked in its name: it would be outside of the transaction, on a connection that is somebody else's.
    let isOver = false;
    const within = async <Row>(statement: Statement): Promise<Row[]> => {
      if (isOver) throw new Error('The transaction has ended: what is asked of it must be waited for by its work');
      this.enter(part);
      return (await this.ask(statement)).rows as Row[];
    };
    const tx = {
      organisationId: part.scope.organisationId,
      query: <Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> => within({ text, values: [...parameters] }),
      prepared: <Row>(text: string, parameters: readonly unknown[]): Promise<Row[]> => within(prepared(text, parameters)),
      closing: <R>(statements: () => Promise<R>): Promise<R> => {
        const closed = statements();
        isOver = true;
        this.close();
        return closed;
      },
      // A statement that is being answered says it as well, and may take longer than this.
      stay: (): void => void (this.unanswered === 0 && within({ text: 'SELECT 1', query_timeout: PROMPT_TIMEOUT_MS }).catch(() => undefined)),
      afterCommit: (action: () => void) => void this.after.push(action),
    };
    try {
      const result = await part.work(tx as unknown as TenantTx);
      if (!isOver) this.close();
      return result;
    } finally {
      isOver = true;
    }
  }

  /** With the last part the transaction ends; never where one has failed. */
  private close(): void {
    this.open -= 1;
    if (this.open > 0) return;
    this.commit = this.ask('COMMIT');
  }

  private enter(part: Part<unknown>): void {
    if (this.current === part) return;
    this.current = part;
    this.begin(entryOf(part.scope, this.entered.has(part) || this.manner.isOfErased === true));
    this.entered.add(part);
  }

  private begin(statement: Statement): void {
    this.beginnings.push(this.ask(statement));
  }

  private ask(statement: Statement): Promise<{ rows: unknown[] }> {
    const asked = ask(this.connection, statement);
    this.unanswered += 1;
    asked.catch((error: unknown) => (this.failure ??= error)).finally(() => (this.unanswered -= 1));
    return asked;
  }
}

/** What every part pays: no round trip, as it travels with a statement, and no parsing. */
function entryOf(scope: TenantScope, isLetIn: boolean): Statement {
  const userId = userOf(scope)?.userId ?? '';
  if (!UUID.test(scope.organisationId)) throw new Error('An organisation is named by a UUID');
  if (userId !== '' && !UUID.test(userId)) throw new Error('A user is named by a UUID');
  const text = isLetIn ? ENTER.unasked : userId === '' ? ENTER.living : ENTER.livingUser;
  return prepared(text, [scope.organisationId, userId]);
}

function valueOf<T>(outcome: PromiseSettledResult<T>): T {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
