import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { readListSearch, type ListSearch } from '../common/list-search.ts';
import names from './list.module.css';

/** How a list is shown, kept under a name (REC-36). */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly search: ListSearch;
  readonly columns: readonly string[] | undefined;
  readonly shared: boolean;
  readonly standard: boolean;
  readonly isOwn: boolean;
};

/** A list that is not narrowed at all. */
const EVERYTHING: Condition = { all: [] };
const isEverything = (condition: Condition) => 'all' in condition && condition.all.length === 0;

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;

/** The views kept for a list, the person's own first; undefined until they are known. */
export function useSavedViews(table: TableName): readonly SavedView[] | undefined {
  const me = useWorkspace()?.settings.currentUser ?? undefined;
  const { data } = useLive('records.list', {
    table: 'savedFilter',
    condition: { field: 'list', op: 'is', value: table },
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: 200 },
  });
  return useMemo(
    () =>
      data?.rows
        .flatMap(({ row, label }): SavedView[] => {
          const condition = row['condition'];
          if (!isCondition(condition)) return [];
          const kept = { sort: row['sort'], group: row['group'], ...(isEverything(condition) ? {} : { condition }) };
          return [
            {
              id: row.id,
              name: label,
              search: readListSearch(kept),
              columns: textsOf(row['columns']),
              shared: row['shared'] === true,
              standard: row['standard'] === true,
              isOwn: row['owner'] === undefined || row['owner'] === me,
            },
          ];
        })
        .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn)),
    [data, me],
  );
}

/** The view that a list opens with: the person's own, else one that is shared. */
export function standardView(views: readonly SavedView[]): SavedView | undefined {
  return views.find(({ standard, isOwn }) => standard && isOwn) ?? views.find(({ standard, shared }) => standard && shared);
}

const shown = ({ condition, sort, group }: ListSearch) => JSON.stringify([condition, sort, group]);

type Props = {
  readonly table: TableName;
  readonly views: readonly SavedView[];
  readonly search: ListSearch;
  readonly columns: readonly string[];
  readonly onChoose: (view: SavedView) => void;
};

/** The views of a list: choose one, keep the present one, share it, let the list open with it. */
export function SavedViews({ table, views, search, columns, onChoose }: Props) {
  const me = useWorkspace()?.settings.currentUser ?? undefined;
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const create = useCommand('records.create');
  const update = useCommand('records.update');
  const remove = useCommand('records.delete');
  const { toastSaved } = useUndo();
  const current = views.find(
    (view) => shown(view.search) === shown(search) && (view.columns === undefined || view.columns.join() === columns.join()),
  );
  const values = { condition: search.condition ?? EVERYTHING, sort: search.sort ?? null, group: search.group ?? null, columns };
  const save = () => {
    const called = name.trim();
    if (called === '') return;
    const known = views.find((view) => view.name === called && view.isOwn);
    const done = ({ changeSetId }: { changeSetId: string }) => {
      toastSaved(`View “${called}” kept`, changeSetId);
      setName('');
    };
    if (known) update.run({ table: 'savedFilter', id: known.id, patch: { ...values, shared: isShared } }, done);
    else
      create.run(
        {
          table: 'savedFilter',
          values: {
            name: called,
            list: table,
            shared: isShared,
            ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
            ...(me === undefined ? {} : { owner: me }),
          },
        },
        done,
      );
  };
  const change = (view: SavedView, patch: Readonly<Record<string, unknown>>, words: string) =>
    update.run({ table: 'savedFilter', id: view.id, patch: { ...patch } }, ({ changeSetId }) => toastSaved(words, changeSetId));
  const failure = create.error ?? update.error ?? remove.error;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          leftSection={<Icon name="list" size={14} />}
          rightSection={<Icon name="chevronDown" size={12} />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span className={names.viewButton}>{current?.name ?? 'Views'}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Views of the list" p="sm">
        <div className={names.views}>
          {failure && <Failure failure={failure} />}
          {views.length === 0 && <p className={names.quiet}>Conditions, sorting, groups and columns can be kept here under a name.</p>}
          <ul className={names.viewList}>
            {views.map((view) => (
              <li key={view.id} className={names.viewLine}>
                <button
                  type="button"
                  className={names.viewName}
                  aria-current={view === current}
                  onClick={() => {
                    onChoose(view);
                    setOpened(false);
                  }}
                >
                  {view.name} {view.shared && <span className={names.viewTag}>shared</span>}
                </button>
                {view.isOwn && (
                  <>
                    <IconButton
                      icon="check"
                      size={24}
                      pressed={view.standard}
                      {...(view.standard ? { variant: 'light' as const } : {})}
                      label={view.standard ? `Do not open the list with ${view.name}` : `Open the list with ${view.name}`}
                      onClick={() =>
                        change(
                          view,
                          { standard: !view.standard },
                          view.standard ? 'The list opens with everything' : `The list opens with “${view.name}”`,
                        )
                      }
                    />
                    <IconButton
                      icon="people"
                      size={24}
                      pressed={view.shared}
                      {...(view.shared ? { variant: 'light' as const } : {})}
                      label={view.shared ? `Keep ${view.name} to yourself` : `Share ${view.name}`}
                      onClick={() =>
                        change(view, { shared: !view.shared }, view.shared ? `“${view.name}” is yours alone` : `“${view.name}” is shared`)
                      }
                    />
                    <IconButton
                      icon="trash"
                      size={24}
                      label={`Forget ${view.name}`}
                      onClick={() =>
                        remove.run({ table: 'savedFilter', id: view.id }, ({ changeSetId }) =>
                          toastSaved(`View “${view.name}” forgotten`, changeSetId),
                        )
                      }
                    />
                  </>
                )}
              </li>
            ))}
          </ul>
          <form
            className={names.saveView}
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <div className={names.saveLine}>
              <TextInput
                aria-label="Name of the view"
                placeholder="Keep what is shown as …"
                maxLength={100}
                data-autofocus
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" disabled={name.trim() === ''} loading={create.busy || update.busy}>
                Keep
              </Button>
            </div>
            <Checkbox label="Everyone sees it" checked={isShared} onChange={(event) => setShared(event.currentTarget.checked)} />
          </form>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
