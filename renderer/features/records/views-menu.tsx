import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import names from './list.module.css';
import { EVERYTHING, isShown, type SavedView } from './saved-views.ts';
import type { ListState } from './use-list-state.ts';

type Props = { readonly state: ListState };

/** The views of a list: choose one, keep the present one, share it, let the list open with it. */
export function ViewsMenu({ state }: Props) {
  const { list, search, condition, columns, layout, choose } = state;
  const views = state.views ?? [];
  const me = useWorkspace()?.settings.currentUser ?? undefined;
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const create = useCommand('records.create');
  const update = useCommand('records.update');
  const remove = useCommand('records.delete');
  const { toastSaved } = useUndo();
  const arrangement = { keys: columns.map(({ key }) => key), ...(layout.widths === undefined ? {} : { widths: layout.widths }) };
  const shown = { condition, sort: search.sort, group: search.group, layout: arrangement };
  const isCurrent = (view: SavedView) => isShown(view, shown);
  const current = state.shownView !== undefined && isCurrent(state.shownView) ? state.shownView : views.find(isCurrent);
  /** The view that was chosen, where the list shows something else by now. */
  const left = current === undefined && state.shownView?.isOwn === true ? state.shownView : undefined;
  const values = {
    condition: condition ?? EVERYTHING,
    sort: search.sort ?? null,
    group: search.group ?? null,
    columns: arrangement,
  };
  const save = () => {
    const called = name.trim();
    if (called === '') return;
    const known = views.find((view) => view.name === called && view.isOwn);
    const done = ({ changeSetId, id }: { readonly changeSetId: string; readonly id: string }) => {
      toastSaved(`View “${called}” kept`, changeSetId);
      state.goOnWith(id);
      setName('');
    };
    if (known) update.run({ table: 'savedFilter', id: known.id, patch: { ...values, shared: isShared } }, done);
    else
      create.run(
        {
          table: 'savedFilter',
          values: {
            name: called,
            list,
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
          <span className={names.viewButton}>{current?.name ?? (left === undefined ? 'Views' : `${left.name} *`)}</span>
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
                    choose(view);
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
          {left && (
            <Button size="compact-xs" onClick={() => change(left, values, `View “${left.name}” kept as it is shown`)}>
              Keep the changes in {left.name}
            </Button>
          )}
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
