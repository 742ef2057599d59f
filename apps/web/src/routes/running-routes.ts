import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from './root-route.js';

/** Around the parts of the administration. */
const adminRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin', component: lazyRouteComponent(() => import('../admin/admin-layout.js'), 'AdminLayout') });

const adminStartRoute = createRoute({ getParentRoute: () => adminRoute, path: '/', beforeLoad: () => { throw redirect({ to: '/admin/users', replace: true }); } });
const usersRoute = createRoute({ getParentRoute: () => adminRoute, path: '/users', component: lazyRouteComponent(() => import('../admin/users-page.js'), 'UsersPage') });
const groupsRoute = createRoute({ getParentRoute: () => adminRoute, path: '/groups', component: lazyRouteComponent(() => import('../admin/groups-page.js'), 'GroupsPage') });
const serviceAccountsRoute = createRoute({ getParentRoute: () => adminRoute, path: '/service-accounts', component: lazyRouteComponent(() => import('../admin/service-accounts-page.js'), 'ServiceAccountsPage') });

export const runningRoutes = [adminRoute.addChildren([adminStartRoute, usersRoute, groupsRoute, serviceAccountsRoute])] as const;
