import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { meQuery, projectsQuery } from '../api/queries.js';
import { useDebounced } from '../search/debounced.js';
import { searchQuery } from '../search/search-queries.js';
import { useStrings } from '../strings/strings.js';
import { Icon } from '../ui/icon.js';
import { Modal } from '../ui/modal.js';
import { Snippet } from '../search/snippet.js';
import { choicesOf, type Choice } from './palette-choices.js';

const TYPING_MS = 100;
const HITS = 8;

/** Go to anything: projects by name, pages and sessions by what is in them, as one types. */
export function Palette({ onClose }: { onClose: () => void }) {
  const strings = useStrings();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const settled = useDebounced(words, TYPING_MS);
  const { data: me } = useQuery(meQuery);
  const { data: projects } = useQuery(projectsQuery);
  const { data: found, isFetching } = useQuery(searchQuery({ q: settled }, HITS));
  const navigate = useNavigate();
  const id = useId();
  const choices = choicesOf(words, me, projects?.projects ?? [], words.trim() === '' ? undefined : found, strings);
  const at = Math.min(chosen, choices.length - 1);
  const go = (choice: Choice | undefined): void => {
    if (!choice) return;
    onClose();
    void navigate(choice.to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as Record<string, number>)[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((at + step + choices.length) % Math.max(choices.length, 1));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(choices[at]);
    }
  };
  return (
    <Modal isOpen onClose={onClose} title={strings.palette.title} isTitleHidden className="max-w-xl">
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon name="search" className={`size-4 text-quiet ${isFetching ? 'motion-safe:animate-pulse' : ''}`} />
        <input
          autoFocus role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={choices[at] ? `${id}-${at}` : undefined} aria-label={strings.palette.placeholder}
          value={words} placeholder={strings.palette.placeholder} maxLength={2_000} onKeyDown={onKeyDown} onChange={(event) => { setWords(event.target.value); setChosen(0); }}
          className="min-h-12 flex-1 bg-transparent text-base outline-none placeholder:text-quiet"
        />
      </div>
      <ul id={`${id}-list`} role="listbox" aria-label={strings.palette.title} className="overflow-y-auto p-1.5">
        {choices.map((choice, index) => <Row key={choice.key} id={`${id}-${index}`} choice={choice} isChosen={index === at} isFirst={choices[index - 1]?.group !== choice.group} onPoint={() => setChosen(index)} onChoose={() => go(choice)} />)}
      </ul>
      <p aria-live="polite" className="border-t border-line px-3 py-2 text-xs text-quiet">
        {words.trim() === '' ? strings.palette.hint : choices.length === 0 && !isFetching ? strings.palette.nothing(words) : strings.palette.results(choices.length)}
      </p>
    </Modal>
  );
}

function Row({ id, choice, isChosen, isFirst, onPoint, onChoose }: { id: string; choice: Choice; isChosen: boolean; isFirst: boolean; onPoint: () => void; onChoose: () => void }) {
  return (
    <>
      {isFirst && <li role="presentation" className="px-2 pt-2 pb-1 text-xs font-medium text-quiet">{choice.group}</li>}
      {/* The focus stays in the text; keys are heard there. */}
      <li id={id} role="option" aria-selected={isChosen} onPointerMove={onPoint} onClick={onChoose} ref={(row) => { if (isChosen) row?.scrollIntoView({ block: 'nearest' }); }} className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-sm aria-selected:bg-hover">
        <Icon name={choice.icon} className="size-4 text-quiet" />
        <span className="min-w-0 flex-1">
          <span className="block truncate">{choice.title}</span>
          {choice.snippet && <Snippet html={choice.snippet} className="block truncate text-xs text-quiet" />}
        </span>
        {choice.aside && <span className="max-w-40 shrink-0 truncate text-xs text-quiet">{choice.aside}</span>}
      </li>
    </>
  );
}
