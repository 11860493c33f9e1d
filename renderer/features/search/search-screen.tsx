import { TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useSearch, type SearchAnswer } from '../../data/use-search.ts';
import { recordAddress } from '../../state/addresses.ts';
import { handTyped } from '../../state/early-typing.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { SnippetText } from './snippet.tsx';
import names from './search.module.css';

const route = getRouteApi('/search');
const SHOWN = 100;

type Hit = SearchAnswer['hits'][number];

/** Arrows walk through the results, from the box down and back up into it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type="search"], [data-hit]')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  const next = at === -1 ? undefined : stops[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** An attachment is found, its record is opened. */
const placeOf = ({ table, id, about }: Hit) =>
  table === 'attachment' && about !== undefined ? recordAddress(about.table, about.id) : recordAddress(table, id);

function HitLine({ hit }: { hit: Hit }) {
  const { table, label, number, snippet, about, context } = hit;
  const inTitle = snippet !== undefined && tableOf(table).title.includes(snippet.field);
  return (
    <li>
      <a href={placeOf(hit)} className={names.hit} data-hit>
        <Icon name={table === 'attachment' ? 'file' : recordIcon(table)} />
        <span className={names.title}>
          {inTitle && snippet.parts.map((part) => part.text).join('') === label ? (
            <SnippetText snippet={snippet} showField={false} />
          ) : (
            label
          )}
        </span>
        <span className={names.context}>{context}</span>
        <span className={names.kind}>
          {tableOf(table).label}
          {number !== undefined && ` · ${number}`}
        </span>
        {(about !== undefined || (snippet !== undefined && !inTitle)) && (
          <span className={names.text}>
            {about !== undefined && <span className={names.field}>{`In ${about.label} `}</span>}
            {snippet !== undefined && !inTitle && <SnippetText snippet={snippet} />}
          </span>
        )}
      </a>
    </li>
  );
}

type FacetsProps = {
  readonly answer: SearchAnswer;
  readonly type: TableName | undefined;
  readonly onType: (type: TableName | undefined) => void;
};

function Facets({ answer, type, onType }: FacetsProps) {
  const all = answer.facets.reduce((sum, facet) => sum + facet.count, 0);
  const more = answer.capped ? '+' : '';
  const chosen =
    type !== undefined && answer.facets.every(({ table }) => table !== type)
      ? [{ table: type, label: tableOf(type).plural, count: 0 }]
      : [];
  return (
    <div className={names.facets} role="group" aria-label="Types of records">
      <button type="button" className={names.facet} aria-pressed={type === undefined} onClick={() => onType(undefined)}>
        All<span className={names.count}>{`${formatNumber(all, 0)}${more}`}</span>
      </button>
      {[...answer.facets, ...chosen].map(({ table, label, count }) => (
        <button
          key={table}
          type="button"
          className={names.facet}
          aria-pressed={type === table}
          onClick={() => onType(type === table ? undefined : table)}
        >
          <Icon name={recordIcon(table)} size={14} />
          {label}
          <span className={names.count}>{`${formatNumber(count, 0)}${more}`}</span>
        </button>
      ))}
    </div>
  );
}

function wordsFor(answer: SearchAnswer | undefined, looking: boolean): string {
  if (answer === undefined) return looking ? 'Looking …' : '';
  const reading = answer.complete ? '' : ' Your records are still being read; more may come.';
  const first = answer.total > answer.hits.length ? `, the best ${formatNumber(answer.hits.length, 0)} of them here` : '';
  return `${plural(answer.total, 'record')}${answer.capped ? ' or more' : ''}${first}.${reading}`;
}

/** Search over everything: narrowed by type, with the place where it was found (UX-02). */
export function SearchScreen() {
  const { q = '', type } = route.useSearch();
  const navigate = useNavigate();
  const heading = useScreen('Search');
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState(q);
  // Back and links bring another question
  if (known !== q) {
    setKnown(q);
    if (q !== typed.trim()) setTyped(q);
  }
  const { answer, error, looking } = useSearch({ text: typed, table: type, limit: SHOWN });
  useEffect(() => {
    input.current?.focus();
    handTyped((text) => setTyped((before) => before + text));
  }, []);
  useEffect(() => {
    const text = typed.trim();
    if (text === q) return undefined;
    const timer = setTimeout(() => {
      void navigate({
        to: '/search',
        search: { ...(text === '' ? {} : { q: text }), ...(type === undefined ? {} : { type }) },
        replace: true,
      });
    }, 300);
    return () => clearTimeout(timer);
  }, [typed, q, type, navigate]);
  const onType = (next: TableName | undefined) => {
    const text = typed.trim();
    void navigate({
      to: '/search',
      search: { ...(text === '' ? {} : { q: text }), ...(next === undefined ? {} : { type: next }) },
      replace: true,
    });
  };

  const asked = typed.trim() !== '';
  return (
    <Page title="Search" headingRef={heading}>
      <div onKeyDown={walk}>
        <TextInput
          ref={input}
          type="search"
          size="md"
          mb="sm"
          aria-label="Search all records, notes and files"
          placeholder="Search all records, notes and files"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {error && <Failure failure={error} />}
        {!asked && (
          <EmptyState icon="search" title="Search everything">
            Names, numbers, notes, comments and the names of files. The beginning of a word is enough, and a typing mistake does no harm.
          </EmptyState>
        )}
        {asked && !answer && !error && <SkeletonLines label="Looking" lines={6} />}
        {asked && answer && (
          <div className={names.layout}>
            <Facets answer={answer} type={type} onType={onType} />
            <div>
              <p className={names.status} role="status">
                {wordsFor(answer, looking)}
              </p>
              {answer.hits.length > 0 && (
                <ul className={names.hits} aria-label="Results" aria-busy={looking}>
                  {answer.hits.map((hit) => (
                    <HitLine key={hit.id} hit={hit} />
                  ))}
                </ul>
              )}
              {answer.hits.length === 0 && answer.complete && !looking && (
                <EmptyState icon="search" title="Nothing was found">
                  {type === undefined
                    ? 'Every word has to occur in the same record. Try fewer words, or only their beginnings.'
                    : `No ${tableOf(type).label.toLowerCase()} has all these words. Look in all types, or try fewer words.`}
                </EmptyState>
              )}
            </div>
          </div>
        )}
      </div>
    </Page>
  );
}
