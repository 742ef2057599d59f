import type { LinkProps } from '@tanstack/react-router';
import type { Me } from '../api/queries.js';
import type { Strings } from '../strings/strings.js';
import type { IconName } from '../ui/icon.js';

export interface NavigationItem {
  to: LinkProps['to'];
  icon: IconName;
  label: (strings: Strings) => string;
  /** Everybody, unless told. The server refuses others whatever is shown. */
  isFor?: (me: Me | undefined) => boolean;
}

/** The organisation's owners and admins. */
export function isAdmin(me: Me | undefined): boolean {
  return me?.user.role === 'owner' || me?.user.role === 'admin';
}

/** Who runs the installation. */
export function isOperator(me: Me | undefined): boolean {
  return me?.user.operator ?? false;
}

const FURTHER: readonly NavigationItem[] = [
  { to: '/admin', icon: 'settings', label: ({ shell }) => shell.admin, isFor: isAdmin },
  { to: '/system', icon: 'server', label: ({ shell }) => shell.system, isFor: isOperator },
];

/** Below the projects, in the navigation and in the palette: what is there for somebody. */
export function furtherFor(me: Me | undefined): NavigationItem[] {
  return FURTHER.filter(({ isFor }) => isFor?.(me) ?? true);
}
