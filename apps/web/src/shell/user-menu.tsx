import { Menu } from '@base-ui/react/menu';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.js';
import { chooseLanguage, LANGUAGE_NAMES, useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { chooseTheme, THEMES, type Theme, useTheme } from './theme.js';

const ITEM = 'flex cursor-pointer items-center gap-2 rounded px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover';
const LABEL = 'px-2 pt-2 pb-1 text-xs font-medium text-quiet';

/** Who is signed in, how the page looks, and the way out. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { shell, tokens, language } = useStrings();
  const { data: me } = useQuery(meQuery);
  const theme = useTheme();
  return (
    <Menu.Root>
      <Menu.Trigger className="flex min-h-9 items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover">
        <span className="sr-only">{shell.account}</span>
        <span aria-hidden="true" className="grid size-6 place-items-center rounded-full bg-accent text-xs font-semibold text-on-accent uppercase">{me?.user.name.slice(0, 1)}</span>
        <span className="min-w-0 flex-1 truncate">{me?.user.name}</span>
        <Icon name="chevron" className="size-3.5 -rotate-90 text-quiet" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={6} className="z-50">
          <Menu.Popup className="w-56 rounded-lg border border-line bg-ground p-1 shadow-xl outline-none">
            <Menu.LinkItem href="/account" className={ITEM}><Icon name="people" className="text-quiet" />{shell.account}</Menu.LinkItem>
            <Menu.LinkItem render={<Link to="/account/tokens" />} className={ITEM} closeOnClick><Icon name="plug" className="text-quiet" />{tokens.own}</Menu.LinkItem>
            <Menu.Item className={ITEM} onClick={onHelp}><Icon name="keyboard" className="text-quiet" />{shell.keyboard}<kbd className="ml-auto">?</kbd></Menu.Item>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.RadioGroup value={theme} onValueChange={(value: Theme) => chooseTheme(value)} aria-label={shell.theme}>
              <div className={LABEL} aria-hidden="true">{shell.theme}</div>
              {THEMES.map((each) => <Choice key={each} value={each} label={shell.themes[each]} />)}
            </Menu.RadioGroup>
            <Menu.RadioGroup value={language.code} onValueChange={(code: string) => chooseLanguage(code)} aria-label={shell.language}>
              <div className={LABEL} aria-hidden="true">{shell.language}</div>
              {Object.entries(LANGUAGE_NAMES).map(([code, name]) => <Choice key={code} value={code} label={name} />)}
            </Menu.RadioGroup>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className={ITEM} onClick={signOut}>{shell.signOut}</Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({ value, label }: { value: string; label: string }) {
  return (
    <Menu.RadioItem value={value} className={ITEM} closeOnClick>
      <span className="grid size-4 place-items-center"><Menu.RadioItemIndicator><Icon name="check" className="size-4 text-accent" /></Menu.RadioItemIndicator></span>{label}
    </Menu.RadioItem>
  );
}

/** By a form, as the server's own pages do: the answer may lead on to the identity provider. */
function signOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/logout';
  document.body.append(form);
  form.submit();
}
