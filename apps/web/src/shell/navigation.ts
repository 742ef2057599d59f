import type { LinkProps } from '@tanstack/react-router';
import type { Strings } from '../strings/strings.js';
import type { IconName } from '../ui/icon.js';

export interface NavigationItem {
  to: LinkProps['to'];
  icon: IconName;
  label: (strings: Strings) => string;
  /** Of the organisation's owners and admins; the server refuses others whatever is shown. */
  isForAdmins?: boolean;
}

/** Below the projects, in the navigation and in the palette. */
export const FURTHER: readonly NavigationItem[] = [
  { to: '/setup', icon: 'plug', label: ({ shell }) => shell.setup },
];
