import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './reading-routes.js';
import { rootRoute } from './root-route.js';

const setupRoute = createRoute({ getParentRoute: () => rootRoute, path: '/setup', component: lazyRouteComponent(() => import('../setup/setup-page.js'), 'SetupPage') });
const activityRoute = createRoute({ getParentRoute: () => projectRoute, path: '/activity', component: lazyRouteComponent(() => import('../activity/activity-page.js'), 'ActivityPage') });

export const projectDecidingRoutes = [activityRoute] as const;
export const decidingRoutes = [setupRoute] as const;
