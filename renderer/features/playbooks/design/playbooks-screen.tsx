import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { PLAYED_TABLES } from '#shared/model/tables/playbook.ts';
import { PUBLICATION } from '#shared/model/mixins.ts';
import { isTableName, tableOf, type Row } from '#shared/model/dictionary.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { useCommand } from '../../../data/use-command.ts';
import { useLive } from '../../../data/use-live.ts';
import { useMay } from '../../../data/use-me.ts';
import { useScreen } from '../../../state/screen.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { Page } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { toastFailure } from '../../../ui/toast.ts';
import names from '../player.module.css';

const MOST = 500;

function NewPlaybook({ onMade }: { readonly onMade: (playbook: string) => void }) {
  const [name, setName] = useState('');
  const [table, setTable] = useState<string>(PLAYED_TABLES[0]);
  const file = useRef<HTMLInputElement>(null);
  const { run, busy, error } = useCommand('playbooks.draft');
  const create = () => {
    if (name.trim() === '' || !isTableName(table)) return;
    run({ name: name.trim(), forTable: table }, ({ playbook }) => onMade(playbook));
  };
  const bringIn = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    try {
      const definition = JSON.parse(await chosen.text()) as unknown;
      run({ name: chosen.name.replace(/(\.playbook)?\.json$/u, ''), definition }, ({ playbook }) => onMade(playbook));
    } catch {
      toastFailure(new AppError('file', `“${chosen.name}” holds no playbook. Choose a file that was exported from one.`));
    }
  };
  return (
    <form
      className={names.adding}
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      {error && <Failure failure={error} />}
      <TextInput label="Name of a new playbook" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <NativeSelect
        label="Runs on"
        value={table}
        onChange={(event) => setTable(event.currentTarget.value)}
        data={PLAYED_TABLES.map((one) => ({ value: one, label: tableOf(one).label }))}
      />
      <Button type="submit" disabled={name.trim() === ''} loading={busy}>
        Create
      </Button>
      <Button onClick={() => file.current?.click()}>Bring in a file</Button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="File of a playbook"
        onChange={(event) => void bringIn(event.currentTarget.files?.[0])}
      />
    </form>
  );
}

/** All playbooks, to be looked at and changed (PLY-10). */
export function PlaybooksScreen() {
  const heading = useScreen('Playbooks');
  const navigate = useNavigate();
  const mayCreate = useMay()('playbook', 'create');
  const { data, error } = useLive('records.list', {
    table: 'playbook',
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: MOST },
  });
  // rows of the table `playbook`
  const rows = (data?.rows ?? []).map(({ row }) => row as unknown as Row<'playbook'>);
  return (
    <Page title="Playbooks" headingRef={heading}>
      {error && <Failure failure={error} />}
      {mayCreate && (
        <Section title="New">
          <NewPlaybook onMade={(playbook) => void navigate({ to: `/playbooks/${playbook}` })} />
        </Section>
      )}
      {data && rows.length === 0 && (
        <EmptyState
          title="No playbooks yet"
          actions={
            <Button component="a" href="#/definitions">
              To the ready-made ones
            </Button>
          }
        >
          Five playbooks come ready to use with the other definitions.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Section title="All playbooks" flush>
          <table className={names.table}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Runs on</th>
                <th scope="col">State</th>
                <th scope="col">Starts by itself</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, name, forTable, state, automatic }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={`#/playbooks/${id}`}>{name}</a>
                  </th>
                  <td>{tableOf(forTable).label}</td>
                  <td>{PUBLICATION[state ?? 'draft']}</td>
                  <td>{automatic === true ? 'Yes' : 'No'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </Page>
  );
}
