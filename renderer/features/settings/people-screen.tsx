import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isRoleName, roleOf } from '#shared/model/roles.ts';
import { useLive } from '../../data/use-live.ts';
import { useMe } from '../../data/use-me.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { fold } from '#shared/util/folding.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { PersonDialog, type Person } from './person-dialog.tsx';
import { RoleTable } from './role-table.tsx';
import { SeeAsButton } from './see-as-button.tsx';
import names from './people.module.css';

const MOST = 1000;

/** Roles in words, in the order in which they were given. */
function rolesInWords(roles: readonly string[] | undefined): string {
  const labels = (roles ?? []).filter(isRoleName).map((name) => roleOf(name).label);
  return labels.length === 0 ? 'No role' : labels.join(', ');
}

function People({ mayChange, maySeeAs }: { mayChange: boolean; maySeeAs: boolean }) {
  const [typed, setTyped] = useState('');
  const [edited, setEdited] = useState<Person>();
  const { data, error } = useLive('records.list', {
    table: 'user',
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: MOST },
  });
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading the people" lines={6} />;
  // rows of the table `user`
  const people = data.rows.map(({ row }) => row as unknown as Person);
  const words = fold(typed);
  const shown = people.filter(({ name, email }) => fold(`${name} ${email ?? ''}`).includes(words));
  const nameOf = (id: string | undefined) => (id === undefined ? '' : (people.find((one) => one.id === id)?.name ?? ''));
  return (
    <>
      <div className={names.tools}>
        <TextInput
          aria-label="Find a person"
          placeholder="Find a person"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {mayChange && (
          <Button component="a" href="#/records/user/new">
            New user
          </Button>
        )}
      </div>
      <div className={names.scroll} role="region" aria-label="People" tabIndex={0}>
        <table className={names.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Roles</th>
              <th scope="col">Manager</th>
              <th scope="col">Active</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((person) => (
              <tr key={person.id}>
                <th scope="row">
                  <a href={`#/records/user/${person.id}`}>{person.name}</a>
                </th>
                <td>{rolesInWords(person.roles)}</td>
                <td>{nameOf(person.manager)}</td>
                <td>{person.active === false ? 'Has left' : 'Yes'}</td>
                <td className={names.actions}>
                  {mayChange && (
                    <Button size="compact-xs" aria-label={`Change ${person.name}`} onClick={() => setEdited(person)}>
                      Change
                    </Button>
                  )}
                  {maySeeAs && person.active !== false && (person.roles ?? []).length > 0 && (
                    <SeeAsButton user={person.id} name={person.name} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && (
        <p>{people.length === 0 ? 'There are no users yet. Imports bring them, or add the first one.' : 'Nobody is called so.'}</p>
      )}
      {edited && <PersonDialog person={edited} people={people} onClose={() => setEdited(undefined)} />}
    </>
  );
}

/** Who works with these records, whom they report to, and what they may do (REC-31, REC-32). */
export function PeopleScreen() {
  const heading = useScreen('People');
  const me = useMe();
  return (
    <Page
      title="People"
      headingRef={heading}
      context={<a href="#/settings">Settings</a>}
      actions={
        <Button component="a" href="#/settings" size="compact-sm">
          Back to the settings
        </Button>
      }
    >
      <div className={names.sections}>
        {me?.open === true && (
          <p className={names.note}>
            Nobody has a role yet, so everyone sees and may do everything. The first role to give is that of the administrator.
          </p>
        )}
        {me?.open === false && me.user === undefined && me.seeingAs === undefined && (
          <p className={names.note}>
            This device is no one in particular and may do everything. Say in the <a href="#/settings">settings</a> who you are.
          </p>
        )}
        {me && !me.people && <p className={names.note}>Only administrators change users and their roles.</p>}
        <Section title="Users" note="managers see what the people below them see">
          {me ? <People mayChange={me.people} maySeeAs={me.maySeeAs} /> : <SkeletonLines label="Loading the people" lines={6} />}
        </Section>
        <Section title="What a role may do" note="with the records that a person sees">
          <RoleTable />
        </Section>
      </div>
    </Page>
  );
}
