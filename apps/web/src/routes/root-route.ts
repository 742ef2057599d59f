import { createRootRouteWithContext } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { AppShell } from '../shell/app-shell.js';
import { Broken, NotFound } from '../shell/broken.js';

/** Every page stands in the shell. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: AppShell, errorComponent: Broken, notFoundComponent: NotFound });
