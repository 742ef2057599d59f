import { Command } from 'commander';
import type { Run } from '../cli.js';
import { ProjectsAnswer } from '../client/answers.js';
import { apiPath } from '../client/server-client.js';

export function projectsCommand(run: Run): Command {
  return new Command('projects')
    .description('Lists the projects that you may see.')
    .action(run(async (cli) => {
      const answer = await cli.server().ask(ProjectsAnswer, apiPath('projects'), { query: { workspace: cli.options.workspace } });
      const rows = answer.projects.map(({ workspace, project, identity }) => [workspace, project, identity ?? '']);
      cli.out.answer(answer, () => (rows.length > 0 ? cli.out.table(['WORKSPACE', 'PROJECT', 'GIT REMOTE'], rows) : 'There are no projects yet.'));
    }));
}
