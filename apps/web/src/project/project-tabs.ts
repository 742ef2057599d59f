import type { LinkProps } from '@tanstack/react-router';
import type { Strings } from '../strings/strings.js';

export interface ProjectTab {
  to: LinkProps['to'];
  label: (strings: Strings) => string;
  isExact?: boolean;
  /** For the project's admins. */
  isForAdmins?: boolean;
}

/** The ways into a project, in their order. */
export const PROJECT_TABS: readonly ProjectTab[] = [
  { to: '/w/$workspace/$project', label: ({ project }) => project.overview, isExact: true },
  { to: '/w/$workspace/$project/sessions', label: ({ project }) => project.sessions },
  { to: '/w/$workspace/$project/activity', label: ({ activity }) => activity.title },
  { to: '/w/$workspace/$project/handoffs', label: ({ handoff }) => handoff.title },
  { to: '/w/$workspace/$project/review', label: ({ review }) => review.title },
  { to: '/w/$workspace/$project/lint', label: ({ lint }) => lint.title },
  { to: '/w/$workspace/$project/graph', label: ({ graph }) => graph.title },
  { to: '/w/$workspace/$project/settings', label: ({ project }) => project.settings, isForAdmins: true },
];
