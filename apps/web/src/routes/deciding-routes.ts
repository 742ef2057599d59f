import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './reading-routes.js';
import { rootRoute } from './root-route.js';

const setupRoute = createRoute({ getParentRoute: () => rootRoute, path: '/setup', component: lazyRouteComponent(() => import('../setup/setup-page.js'), 'SetupPage') });
const activityRoute = createRoute({ getParentRoute: () => projectRoute, path: '/activity', component: lazyRouteComponent(() => import('../activity/activity-page.js'), 'ActivityPage') });
const handoffsRoute = createRoute({ getParentRoute: () => projectRoute, path: '/handoffs', component: lazyRouteComponent(() => import('../handoffs/handoffs-page.js'), 'HandoffsPage') });
const reviewRoute = createRoute({ getParentRoute: () => projectRoute, path: '/review', component: lazyRouteComponent(() => import('../review/review-page.js'), 'ReviewPage') });
const lintRoute = createRoute({ getParentRoute: () => projectRoute, path: '/lint', component: lazyRouteComponent(() => import('../lint/lint-page.js'), 'LintPage') });
const graphRoute = createRoute({ getParentRoute: () => projectRoute, path: '/graph', component: lazyRouteComponent(() => import('../graph/graph-page.js'), 'GraphPage') });
const settingsRoute = createRoute({ getParentRoute: () => projectRoute, path: '/settings', component: lazyRouteComponent(() => import('../project/settings-page.js'), 'SettingsPage') });

export const projectDecidingRoutes = [settingsRoute, graphRoute, activityRoute, handoffsRoute, reviewRoute, lintRoute] as const;
export const decidingRoutes = [setupRoute] as const;
