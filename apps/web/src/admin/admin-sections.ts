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
  { to: '/admin/access', label: ({ admin }) => admin.access },
  { to: '/admin/tokens', label: ({ admin }) => admin.tokens },
  { to: '/admin/sign-on', label: ({ admin }) => admin.signOn },
  { to: '/admin/audit', label: ({ admin }) => admin.audit },
  { to: '/admin/usage', label: ({ admin }) => admin.usage },
  { to: '/admin/retention', label: ({ admin }) => admin.retention },
  { to: '/admin/models', label: ({ admin }) => admin.models },
  { to: '/admin/webhooks', label: ({ admin }) => admin.webhooks },
  { to: '/admin/data', label: ({ admin }) => admin.data },
];
