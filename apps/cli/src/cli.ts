import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { isValidName } from '#libs/agents';
import { ProjectsAnswer } from './client/answers.js';
import { ClientHome } from './client/client-home.js';
import { type Connection, connectionOf } from './client/connection.js';
import { Failure, notFoundFailure, usageFailure } from './client/failure.js';
import { apiPath, ServerClient } from './client/server-client.js';
import { Printer } from './output/printer.js';
import { readGitFacts } from './scope/git-facts.js';
import { findMarker, MARKER_NAME } from './scope/marker.js';
import { namedScope, requireNamed, type Scope, scopeOfFolder, type Surroundings, workspaceOf } from './scope/scope.js';
import type { World } from './world.js';

/** Options that every command takes. */
export interface GlobalOptions {
  json?: boolean;
  workspace?: string;
  project?: string;
  serverUrl?: string;
  profile?: string;
}

/** One run of one command: where its answers go, which server it asks, which project it is about. */
export class Cli {
  readonly out: Printer;
  /** The folder that the hooks and the agents' files know. */
  readonly home: ClientHome;

  constructor(readonly world: World, readonly options: GlobalOptions) {
    this.out = printerOf(world, options.json === true);
    this.home = new ClientHome(homePath(world));
  }

  /** What is kept for the server that `--profile` names, else for the only one. */
  get namedHome(): ClientHome {
    const { profile } = this.options;
    return profile === undefined ? this.home : this.profileHome(profile);
  }

  /** The same, but where no option names a profile the marker of this folder may. */
  get serverHome(): ClientHome {
    const profile = this.options.profile ?? findMarker(this.world.cwd, this.world.homeDir)?.server;
    return profile === undefined ? this.home : this.profileHome(profile);
  }

  /** The server that this folder's memories are on. */
  connection(): Connection {
    return this.connectionTo(this.serverHome);
  }

  /** The server to sign in to. */
  namedConnection(): Connection {
    return this.connectionTo(this.namedHome);
  }

  /** Throws for a profile that nobody has set up: it never means the server that would be meant without it. */
  private connectionTo(home: ClientHome): Connection {
    const isSetUp = home === this.home || existsSync(home.configPath) || (this.options.serverUrl ?? this.world.config.AI_MEMORY_SERVER_URL);
    if (isSetUp) return connectionOf(home, this.world.config, this.options.serverUrl);
    const name = basename(home.path);
    const who = this.options.profile === undefined ? `${MARKER_NAME} names the server ${name}, which` : `The profile ${name}`;
    throw new Failure(`${who} is not set up: ai-memory login --profile ${name} --server-url URL`);
  }

  /** The server that agents are wired to, whatever folder this is: their files count everywhere. */
  agentConnection(): Connection {
    return connectionOf(this.home, this.world.config, this.options.serverUrl);
  }

  server(timeoutMs?: number): ServerClient {
    const { serverUrl, token } = this.connection();
    return new ServerClient(serverUrl, token, timeoutMs);
  }

  async surroundings(): Promise<Surroundings> {
    const { cwd, homeDir } = this.world;
    return { cwd, marker: findMarker(cwd, homeDir), git: await readGitFacts(cwd) };
  }

  /** The project to read from, or undefined where nothing tells. */
  async findScope(): Promise<Scope | undefined> {
    const surroundings = await this.surroundings();
    const named = namedScope(this.options, surroundings.marker);
    if (named) return named;
    const workspace = workspaceOf(this.options, surroundings.marker);
    const { projects } = await this.server().ask(ProjectsAnswer, apiPath('projects'), { query: { workspace } });
    return scopeOfFolder(surroundings, projects);
  }

  /** The project to read from. Says on stderr which it is where it was not named on the command line. */
  async readScope(): Promise<Scope> {
    const scope = await this.findScope();
    if (!scope) throw notFoundFailure('No project belongs to this folder. Name one with --workspace and --project; `ai-memory projects` lists them');
    this.tell(scope);
    return scope;
  }

  /** The project to change. Throws where nobody named it: a write never guesses. */
  async writeScope(): Promise<Scope> {
    const scope = requireNamed(namedScope(this.options, findMarker(this.world.cwd, this.world.homeDir)));
    this.tell(scope);
    return scope;
  }

  private profileHome(name: string): ClientHome {
    if (!isValidName(name)) throw usageFailure(`${name} can't be the name of a profile`);
    return this.home.profile(name);
  }

  private tell({ workspace, project, from }: Scope): void {
    if (from !== 'options') this.out.note(`${workspace}/${project} (by ${from})`);
  }
}

export function printerOf(world: World, isJson: boolean): Printer {
  return new Printer(world.stdout, world.stderr, { isJson, mayColour: !world.config.NO_COLOR });
}

/** Where a project's part of the API lives. */
export function projectPath({ workspace, project }: Pick<Scope, 'workspace' | 'project'>, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'projects', project, ...rest);
}

/** What a command does. */
export type Work<A extends unknown[]> = (cli: Cli, ...args: A) => Promise<void>;
/** Makes of a command's work the action that commander calls: with arguments, options and last the command itself. */
export type Run = <A extends unknown[]>(work: Work<A>) => (...args: unknown[]) => Promise<void>;

export function runIn(world: World): Run {
  return <A extends unknown[]>(work: Work<A>) => async (...args: unknown[]) => {
    const command = args.at(-1) as Command;
    // Commander has checked them against what the command declares.
    await work(new Cli(world, command.optsWithGlobals()), ...(args.slice(0, -1) as A));
  };
}

function homePath({ config, homeDir, cwd }: World): string {
  const path = config.AI_MEMORY_HOME ?? join(homeDir, '.ai-memory');
  return isAbsolute(path) ? path : resolve(cwd, path);
}
