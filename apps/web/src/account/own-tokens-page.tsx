import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.js';
import { useStrings } from '../strings/strings.js';
import { Asked } from '../ui/asked.js';
import { PageTitle } from '../ui/layout.js';
import { Empty } from '../ui/states.js';
import { NewToken } from './new-token.js';
import { TokenTable } from './token-table.js';
import { tokensQuery } from './token-queries.js';

/** One's own tokens, whatever one's role. */
export function OwnTokensPage() {
  const { tokens: words, shell } = useStrings();
  const { data: me } = useQuery(meQuery);
  const query = useQuery(tokensQuery);
  return (
    <div className="mx-auto max-w-5xl">
      <PageTitle title={words.own} of={shell.account} above={<a href="/account" className="hover:underline">{shell.account}</a>}><NewToken /></PageTitle>
      <Asked query={query} lines={6}>{({ tokens }) => {
        const own = tokens.filter(({ user_id: id }) => id === me?.user.user_id).toReversed();
        return own.length === 0 ? <Empty icon="plug" title={words.none} hint={words.noneHint} /> : <TokenTable tokens={own} />;
      }}</Asked>
    </div>
  );
}
