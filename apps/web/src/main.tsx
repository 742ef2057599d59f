import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries.js';
import { router } from './routes/router.js';
import { applyTheme } from './shell/theme.js';
import { whenIdle } from './shell/when-idle.js';
import { loadStrings, StringsContext } from './strings/strings.js';

applyTheme();
const strings = await loadStrings();
document.documentElement.lang = strings.language.code;

// What is gone to next is there by then.
whenIdle(() => {
  void import('./page/page-page.js');
  void import('./search/search-page.js');
  void import('./shell/palette.js');
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    {/* The page's policy refuses inline styles, also those of components. */}
    <CSPProvider disableStyleElements>
      <StringsContext value={strings}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StringsContext>
    </CSPProvider>
  </StrictMode>,
);
