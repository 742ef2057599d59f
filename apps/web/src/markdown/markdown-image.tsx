import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { linkTarget } from './link-target.js';

const IN_THE_PAGE = /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=]+$/i;

/** A picture that the page itself holds, else a link to where it is: fetching it would tell a stranger who reads what. */
export function MarkdownImage({ src, alt }: { src: string; alt: string }) {
  const { page } = useStrings();
  if (IN_THE_PAGE.test(src)) return <img src={src} alt={alt} className="max-w-full rounded" />;
  const target = linkTarget(src, '');
  const text = <><Icon name="link" className="inline size-3.5" /> {page.remoteImage(alt || src.slice(0, 80))}</>;
  return target.kind === 'elsewhere' ? <a href={target.href} target="_blank" rel="noopener noreferrer nofollow">{text}</a> : <span className="text-quiet">{text}</span>;
}
