import type { NavigateOptions } from '@tanstack/react-router';
import type { Schema } from 'ai-memory-api-client';
import type { Me } from '../api/queries.js';
import type { Strings } from '../strings/strings.js';
import type { IconName } from '../ui/icon.js';
import { furtherFor } from './navigation.js';

export interface Choice {
  key: string;
  group: string;
  icon: IconName;
  title: string;
  aside?: string;
  /** Escaped HTML with `<mark>`, as search answers it. */
  snippet?: string;
  to: NavigateOptions;
}

const PROJECTS_SHOWN = 6;

/** What can be gone to, the best first: places whose name has what was typed, then what was found by it. */
export function choicesOf(typed: string, me: Me | undefined, projects: readonly Schema<'Project'>[], found: Schema<'SearchResult'> | undefined, strings: Strings): Choice[] {
  const wanted = typed.trim().toLowerCase();
  return [...places(wanted, me, projects, strings), ...(found ? [...pages(found, strings), ...sessions(found, strings)] : []), ...all(typed.trim(), strings)];
}

function places(wanted: string, me: Me | undefined, projects: readonly Schema<'Project'>[], { palette, shell, ...strings }: Strings): Choice[] {
  const fixed: Choice[] = [{ key: 'home', group: palette.goTo, icon: 'home', title: shell.home, to: { to: '/' } }, ...furtherFor(me).map(({ to, icon, label }) => ({ key: String(to), group: palette.goTo, icon, title: label({ palette, shell, ...strings }), to: { to } }))];
  const named = projects.filter(({ workspace, project }) => `${workspace}/${project}`.toLowerCase().includes(wanted)).slice(0, PROJECTS_SHOWN)
    .map(({ project_id: id, workspace, project }): Choice => ({ key: id, group: palette.goTo, icon: 'folder', title: project, aside: workspace, to: { to: '/w/$workspace/$project', params: { workspace, project } } }));
  return [...named, ...fixed.filter(({ title }) => title.toLowerCase().includes(wanted))];
}

function pages({ hits }: Schema<'SearchResult'>, { palette }: Strings): Choice[] {
  return hits.map(({ scope, path, title, snippet, section }) => ({
    key: `${scope.workspace}/${scope.project}/${path}`, group: palette.pages, icon: 'page', title, snippet, aside: scope.project,
    to: { to: '/w/$workspace/$project/pages/$', params: { ...scope, _splat: path }, ...(section ? { hash: section.anchor } : {}) },
  }));
}

function sessions({ raw_hits: hits }: Schema<'SearchResult'>, { palette }: Strings): Choice[] {
  return hits.map(({ scope, session_id: session, observation_id: id, sequence, title, snippet }) => ({
    key: id, group: palette.sessions, icon: 'session', title, snippet, aside: scope.project,
    to: { to: '/w/$workspace/$project/sessions/$session', params: { ...scope, session }, search: { event: sequence } },
  }));
}

function all(typed: string, { palette }: Strings): Choice[] {
  return typed === '' ? [] : [{ key: 'all', group: palette.all, icon: 'search', title: `${palette.all}: ${typed}`, to: { to: '/search', search: { q: typed } } }];
}
