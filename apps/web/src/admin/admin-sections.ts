import type { LinkProps } from '@tanstack/react-router';
import type { Strings } from '../strings/strings.js';

export interface AdminSection {
  to: LinkProps['to'];
  label: (strings: Strings) => string;
}

/** The parts of the administration, in their order. All are for the organisation's owners and admins. */
export const ADMIN_SECTIONS: readonly AdminSection[] = [
  { to: '/admin/users', label: ({ admin }) => admin.users },
  { to: '/admin/groups', label: ({ admin }) => admin.groups },
  { to: '/admin/service-accounts', label: ({ admin }) => admin.serviceAccounts },
];
