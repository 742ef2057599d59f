import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { auditFrom } from '../admin/audit-address.js';
import { rootRoute } from './root-route.js';

/** Around the parts of the administration. */
const adminRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin', component: lazyRouteComponent(() => import('../admin/admin-layout.js'), 'AdminLayout') });

const adminStartRoute = createRoute({ getParentRoute: () => adminRoute, path: '/', beforeLoad: () => { throw redirect({ to: '/admin/users', replace: true }); } });
const usersRoute = createRoute({ getParentRoute: () => adminRoute, path: '/users', component: lazyRouteComponent(() => import('../admin/users-page.js'), 'UsersPage') });
const groupsRoute = createRoute({ getParentRoute: () => adminRoute, path: '/groups', component: lazyRouteComponent(() => import('../admin/groups-page.js'), 'GroupsPage') });
const serviceAccountsRoute = createRoute({ getParentRoute: () => adminRoute, path: '/service-accounts', component: lazyRouteComponent(() => import('../admin/service-accounts-page.js'), 'ServiceAccountsPage') });
const accessRoute = createRoute({ getParentRoute: () => adminRoute, path: '/access', component: lazyRouteComponent(() => import('../admin/access-page.js'), 'AccessPage') });
const tokensRoute = createRoute({ getParentRoute: () => adminRoute, path: '/tokens', component: lazyRouteComponent(() => import('../admin/tokens-page.js'), 'TokensPage') });
const signOnRoute = createRoute({ getParentRoute: () => adminRoute, path: '/sign-on', component: lazyRouteComponent(() => import('../admin/sign-on-page.js'), 'SignOnPage') });
const auditRoute = createRoute({ getParentRoute: () => adminRoute, path: '/audit', validateSearch: auditFrom, component: lazyRouteComponent(() => import('../admin/audit-page.js'), 'AuditPage') });
const usageRoute = createRoute({ getParentRoute: () => adminRoute, path: '/usage', component: lazyRouteComponent(() => import('../admin/usage-page.js'), 'UsagePage') });
const retentionRoute = createRoute({ getParentRoute: () => adminRoute, path: '/retention', component: lazyRouteComponent(() => import('../admin/retention-page.js'), 'RetentionPage') });
const modelsRoute = createRoute({ getParentRoute: () => adminRoute, path: '/models', component: lazyRouteComponent(() => import('../admin/models-page.js'), 'ModelsPage') });
const webhooksRoute = createRoute({ getParentRoute: () => adminRoute, path: '/webhooks', component: lazyRouteComponent(() => import('../admin/webhooks-page.js'), 'WebhooksPage') });
const dataRoute = createRoute({ getParentRoute: () => adminRoute, path: '/data', component: lazyRouteComponent(() => import('../admin/data-page.js'), 'DataPage') });

const systemRoute = createRoute({ getParentRoute: () => rootRoute, path: '/system', component: lazyRouteComponent(() => import('../system/system-page.js'), 'SystemPage') });
const ownTokensRoute = createRoute({ getParentRoute: () => rootRoute, path: '/account/tokens', component: lazyRouteComponent(() => import('../account/own-tokens-page.js'), 'OwnTokensPage') });

const adminRoutes = [adminStartRoute, usersRoute, groupsRoute, serviceAccountsRoute, accessRoute, tokensRoute, signOnRoute, auditRoute, usageRoute, retentionRoute, modelsRoute, webhooksRoute, dataRoute] as const;
export const runningRoutes = [adminRoute.addChildren([...adminRoutes]), systemRoute, ownTokensRoute] as const;
