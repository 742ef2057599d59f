import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectQuery, projectStatusQuery } from '../api/queries.js';
import { newPageFrom, pageViewFrom } from '../page/page-address.js';
import { projectPagesQuery } from '../project/project-queries.js';
import { searchFrom } from '../search/search-address.js';
import { sessionFrom } from '../session/session-address.js';
import { rootRoute } from './root-route.js';

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: lazyRouteComponent(() => import('../home/home-page.js'), 'HomePage') });

const searchRoute = createRoute({
  getParentRoute: () => rootRoute, path: '/search', validateSearch: searchFrom, component: lazyRouteComponent(() => import('../search/search-page.js'), 'SearchPage'),
});

/** What is below a project: its head with the ways into it, and the chosen one. Further parts are children of this route. */
export const projectRoute = createRoute({
  getParentRoute: () => rootRoute, path: '/w/$workspace/$project', component: lazyRouteComponent(() => import('../project/project-layout.js'), 'ProjectLayout'),
  // Asked for before the code of the page is there, and not waited for.
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(projectQuery(params)),
});

const overviewRoute = createRoute({
  getParentRoute: () => projectRoute, path: '/', component: lazyRouteComponent(() => import('../project/overview-page.js'), 'OverviewPage'),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(projectStatusQuery(params));
    void context.queryClient.prefetchInfiniteQuery(projectPagesQuery(params));
  },
});
const pageRoute = createRoute({
  getParentRoute: () => projectRoute, path: '/pages/$', validateSearch: pageViewFrom, component: lazyRouteComponent(() => import('../page/page-page.js'), 'PagePage'),
});
const newPageRoute = createRoute({ getParentRoute: () => projectRoute, path: '/new', validateSearch: newPageFrom, component: lazyRouteComponent(() => import('../page/new-page.js'), 'NewPage') });
const sessionsRoute = createRoute({ getParentRoute: () => projectRoute, path: '/sessions', component: lazyRouteComponent(() => import('../project/sessions-page.js'), 'SessionsPage') });
const sessionRoute = createRoute({
  getParentRoute: () => projectRoute, path: '/sessions/$session', validateSearch: sessionFrom, component: lazyRouteComponent(() => import('../session/session-page.js'), 'SessionPage'),
});

export const projectReadingRoutes = [overviewRoute, pageRoute, newPageRoute, sessionsRoute, sessionRoute] as const;
export const readingRoutes = [homeRoute, searchRoute] as const;
