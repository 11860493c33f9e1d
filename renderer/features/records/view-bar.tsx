import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Condition } from '#shared/model/condition.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import type { Sort } from '../../ui/data-list/types.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import type { ListSearch } from '../common/list-search.ts';
import names from './list.module.css';
import type { RecordColumn } from './record-columns.tsx';

type ChipProps = {
  readonly icon: IconName;
  readonly words: string;
  readonly removes: string;
  readonly onOpen?: () => void;
  readonly onRemove: () => void;
};

function Chip({ icon, words, removes, onOpen, onRemove }: ChipProps) {
  const inside = (
    <>
      <Icon name={icon} size={12} />
      <span className={names.chipWords}>{words}</span>
    </>
  );
  return (
    <li className={names.chip}>
      {onOpen ? (
        <button type="button" className={names.chipOpen} onClick={onOpen} title={words}>
          {inside}
        </button>
      ) : (
        <span className={names.chipOpen}>{inside}</span>
      )}
      <IconButton icon="close" size={24} label={removes} onClick={onRemove} />
    </li>
  );
}

/** The parts of a condition that all must hold, each of which can be taken away by itself. */
function partsOf(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  return 'all' in condition ? condition.all : [condition];
}

function without(parts: readonly Condition[], part: Condition): Condition | undefined {
  const rest = parts.filter((other) => other !== part);
  return rest.length > 1 ? { all: rest } : rest[0];
}

type Props = {
  readonly table: TableName;
  readonly search: ListSearch;
  readonly columns: readonly RecordColumn[];
  readonly onOpenConditions: () => void;
  readonly set: (part: { readonly [K in keyof ListSearch]?: ListSearch[K] | undefined }) => void;
};

/** What a list is narrowed, grouped and sorted by, in words; each with a way to take it away. */
export function ViewBar({ table, search, columns, onOpenConditions, set }: Props) {
  const { wordsOf } = useFormWorld();
  const parts = partsOf(search.condition);
  const sort: Sort = search.sort ?? [];
  const titleOf = (path: string) => columns.find((column) => column.path === path)?.title ?? path;
  if (parts.length + sort.length === 0 && search.group === undefined) return null;
  return (
    <ul className={names.chips} aria-label={`How ${tableOf(table).plural.toLowerCase()} are shown`}>
      {parts.map((part) => {
        const words = wordsOf(table, part);
        return (
          <Chip
            key={JSON.stringify(part)}
            icon="filter"
            words={words}
            removes={`Take away: ${words}`}
            onOpen={onOpenConditions}
            onRemove={() => set({ condition: without(parts, part) })}
          />
        );
      })}
      {search.group !== undefined && (
        <Chip
          icon="list"
          words={`grouped by ${titleOf(search.group)}`}
          removes="Show without groups"
          onRemove={() => set({ group: undefined })}
        />
      )}
      {sort.map(({ field, direction }, at) => (
        <Chip
          key={field}
          icon={direction === 'up' ? 'arrowUp' : 'arrowDown'}
          words={`${at === 0 ? 'sorted by' : 'then by'} ${titleOf(field)}`}
          removes={`Do not sort by ${titleOf(field)}`}
          onOpen={() =>
            set({ sort: sort.map((key) => (key.field === field ? { field, direction: direction === 'up' ? 'down' : 'up' } : key)) })
          }
          onRemove={() => set({ sort: sort.filter((key) => key.field !== field) })}
        />
      ))}
    </ul>
  );
}
