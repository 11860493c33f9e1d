import { Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Row } from '#shared/model/dictionary.ts';
import { roleNames, roleOf, type RoleName } from '#shared/model/roles.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import names from './people.module.css';

export type Person = Row<'user'>;

type Props = { readonly person: Person; readonly people: readonly Person[]; readonly onClose: () => void };

/** A person's roles, manager and whether they still work here. */
export function PersonDialog({ person, people, onClose }: Props) {
  const [roles, setRoles] = useState<readonly string[]>(person.roles ?? []);
  const [manager, setManager] = useState(person.manager ?? '');
  const [active, setActive] = useState(person.active !== false);
  const { run, busy, error } = useCommand('records.update');
  const { toastSaved } = useUndo();
  const give = (role: RoleName, given: boolean) =>
    setRoles(given ? roleNames.filter((name) => name === role || roles.includes(name)) : roles.filter((name) => name !== role));
  const save = () =>
    run(
      {
        table: 'user',
        id: person.id,
        patch: { roles: roles.length === 0 ? null : [...roles], manager: manager === '' ? null : manager, active },
        baseRev: person.rev,
      },
      ({ changeSetId }) => {
        toastSaved(`${person.name} changed`, changeSetId);
        onClose();
      },
    );
  return (
    <Dialog title={person.name} onClose={onClose} closeLabel="Keep as it is">
      <form
        className={names.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {error && <Failure failure={error} />}
        <fieldset className={names.roles}>
          <legend>Roles</legend>
          {roleNames.map((name) => (
            <Checkbox
              key={name}
              label={roleOf(name).label}
              description={roleOf(name).description}
              checked={roles.includes(name)}
              onChange={(event) => give(name, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <NativeSelect
          label="Manager"
          description="Sees whatever this person sees"
          value={manager}
          onChange={(event) => setManager(event.currentTarget.value)}
        >
          <option value="">Nobody</option>
          {people
            .filter(({ id }) => id !== person.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </NativeSelect>
        <Checkbox
          label="Active"
          description="Who has left sees nothing any more; their name stays on records"
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs">
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={busy}>
            Save
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
