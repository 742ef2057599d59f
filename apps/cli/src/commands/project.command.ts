import { Argument, Command } from 'commander';
import { type Cli, projectPath, type Run } from '../cli.js';
import { OneProjectAnswer, OrganisationAnswer, RenamedAnswer } from '../client/answers.js';
import { usageFailure } from '../client/failure.js';
import { apiPath } from '../client/server-client.js';

const VISIBILITIES = ['open', 'restricted'];

interface MoveOptions {
  toWorkspace?: string;
  toProject?: string;
}

export function projectCommand(run: Run): Command {
  const command = new Command('project').description('Says who sees a project, and gives it another name or workspace. For the project\'s admins.');
  command.command('visibility').addArgument(new Argument('<visibility>').choices([...VISIBILITIES, 'default']))
    .description('opens it to the organisation, restricts it to those to whom it is granted, or leaves it to the organisation').action(run(setVisibility));
  command.command('preset').addArgument(new Argument('[visibility]').choices(VISIBILITIES)).description('tells, or sets, how the organisation has projects that don\'t say it').action(run(preset));
  command.command('move').description('gives it another name or workspace; what it holds stays')
    .option('--to-workspace <name>', 'into this one, made if need be').option('--to-project <name>', 'under this name').action(run(move));
  command.command('rename-workspace').argument('<name>').argument('<new-name>').description('gives a workspace another name').action(run(renameWorkspace));
  return command;
}

async function setVisibility(cli: Cli, visibility: string): Promise<void> {
  const answer = await cli.server().ask(OneProjectAnswer, projectPath(await cli.writeScope(), 'visibility'), { method: 'PUT', body: { visibility } });
  cli.out.answer(answer, () => `${answer.project.workspace}/${answer.project.project}: ${answer.project.visibility}`);
}

async function preset(cli: Cli, visibility: string | undefined): Promise<void> {
  const request = visibility === undefined ? {} : { method: 'PUT' as const, body: { project_visibility: visibility } };
  const answer = await cli.server().ask(OrganisationAnswer, apiPath('organisation'), request);
  cli.out.answer(answer, () => `Projects are ${answer.project_visibility} unless they say otherwise.`);
}

async function move(cli: Cli, { toWorkspace: workspace, toProject: project }: MoveOptions): Promise<void> {
  if (workspace === undefined && project === undefined) throw usageFailure('Where to? Pass --to-workspace, --to-project or both');
  const answer = await cli.server().ask(OneProjectAnswer, projectPath(await cli.writeScope(), 'move'), { method: 'POST', body: { workspace, project } });
  cli.out.answer(answer, () => `It is ${answer.project.workspace}/${answer.project.project} now.`);
}

async function renameWorkspace(cli: Cli, name: string, workspace: string): Promise<void> {
  const answer = await cli.server().ask(RenamedAnswer, apiPath('workspaces', name, 'rename'), { method: 'POST', body: { workspace } });
  cli.out.answer(answer, () => `It is ${answer.workspace.workspace} now.`);
}
