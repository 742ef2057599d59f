import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { accountedCode } from './oauth-guards.js';
import { html } from './oauth-page.js';
import { deviceConfirmPage, deviceDonePage, problemPage, userCodePage } from './oauth-pages.js';
import type { Page } from './oauth-page.js';

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

function show(context: KoaContextWithOIDC, { headers, text }: Page): void {
  context.set({ ...headers });
  context.body = text;
}

/** The pages that oidc-provider shows by itself. Its forms come as markup, with what protects them in it. */
export function deviceViews(): Pick<DeviceFlow, 'userCodeInputSource' | 'userCodeConfirmSource' | 'successSource'> {
  return {
    userCodeInputSource: (context, form, _out, error) => {
      if (error) accountedCode(context);
      show(context, userCodePage(plainForm(form), error ? 'This code is not known, or has been used or has run out.' : undefined));
    },
    userCodeConfirmSource: (context, form, client, device, code) => {
      const { address = '', program = '' } = device as { address?: string; program?: string };
      show(context, deviceConfirmPage({ markup: form }, { code, clientName: client.clientName ?? client.clientId, address, program }));
    },
    successSource: (context) => show(context, deviceDonePage()),
  };
}

export function renderProblem(context: KoaContextWithOIDC, out: { error: string; error_description?: string }): void {
  show(context, problemPage(out.error_description ? `${out.error}: ${out.error_description}` : out.error));
}

/** Without the handler in it, which our policy would not run. */
function plainForm(form: string): { markup: string } {
  const { markup } = html`<button type="submit" form="op.deviceInputForm">Continue</button>`;
  return { markup: form.replace(/ onfocus="[^"]*"/, '') + markup };
}
