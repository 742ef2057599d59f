import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../api/queries.js';
import { Broken, NotFound } from '../shell/broken.js';
import { projectReadingRoutes, projectRoute, readingRoutes } from './reading-routes.js';
import { runningRoutes } from './running-routes.js';
import { rootRoute } from './root-route.js';

/** All addresses. What is below `/w`, `/search`, `/admin`, `/system`, `/account/tokens` and `/setup` reaches the web; a new beginning is also named in the gateway's `WEB_PATHS`. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([...readingRoutes, ...runningRoutes, projectRoute.addChildren([...projectReadingRoutes])]),
  context: { queryClient }, defaultPreload: 'intent', defaultPreloadStaleTime: 0, scrollRestoration: true, defaultErrorComponent: Broken, defaultNotFoundComponent: NotFound, defaultPendingMs: 300,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
