import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { plainTexts } from '../../ui/record-form/plain-text.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { ReferencePicker } from '../../ui/reference-picker.tsx';
import type { Reference } from '../../ui/reference.ts';
import { parsed } from './activity-input.ts';
import { toFirstField } from './first-field.ts';
import names from './player.module.css';
import type { ActivityWork } from './use-activity.ts';

type Entry = {
  readonly user?: string;
  readonly contact?: string;
  readonly responsibility?: string;
  readonly primary?: boolean;
  readonly name?: string;
};

/** What stands in a list so far; each can be taken out again. */
function Entries({ work, list }: { readonly work: ActivityWork; readonly list: 'add' | 'set' }) {
  const { nameOf } = useFormWorld();
  const entries = plainTexts(work.values[list]);
  const { picked } = work.draft;
  const named = (id: string | undefined, table: 'user' | 'contact' | 'responsibility') =>
    id === undefined ? undefined : (picked[id] ?? nameOf(table, id) ?? id);
  if (entries.length === 0) return null;
  return (
    <ul className={names.entries}>
      {entries.map((entry) => {
        // this screen wrote it
        const one = parsed(entry) as Entry;
        const who = one.name ?? named(one.user, 'user') ?? named(one.contact, 'contact') ?? '';
        const what = [named(one.responsibility, 'responsibility'), one.primary === true ? 'primary contact' : undefined]
          .filter(Boolean)
          .join(', ');
        return (
          <li key={entry}>
            <span>
              {who}
              {what !== '' && <span className={names.quiet}> · {what}</span>}
            </span>
            <IconButton
              icon="close"
              size={22}
              label={`Take ${who} out`}
              onClick={(event) => {
                work.put(
                  list,
                  entries.filter((other) => other !== entry),
                );
                toFirstField(event);
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}

type Props = { readonly work: ActivityWork };

/** Colleagues with their responsibility: account team and squad. */
export function ColleaguesBody({ work }: Props) {
  const { lookup } = useFormWorld();
  const [user, setUser] = useState<Reference>();
  const [responsibility, setResponsibility] = useState<Reference>();
  const add = () => {
    if (!user) return;
    const entry = { user: user.id, ...(responsibility ? { responsibility: responsibility.id } : {}) };
    work.put('add', [...plainTexts(work.values['add']), JSON.stringify(entry)], [user, ...(responsibility ? [responsibility] : [])]);
    setUser(undefined);
    setResponsibility(undefined);
  };
  return (
    <>
      <Entries work={work} list="add" />
      <div className={names.adding}>
        <ReferencePicker table="user" lookup={lookup} label="Colleague" value={user} onChange={setUser} />
        <ReferencePicker
          table="responsibility"
          lookup={lookup}
          label="Responsibility"
          value={responsibility}
          onChange={setResponsibility}
        />
        <Button
          disabled={!user}
          onClick={(event) => {
            add();
            toFirstField(event);
          }}
        >
          Add
        </Button>
      </div>
    </>
  );
}

/** People of the customer: known contacts, or new ones. */
export function CustomerTeamBody({ work }: Props) {
  const { lookup } = useFormWorld();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const entries = plainTexts(work.values['add']);
  const take = (contact: Reference | undefined) => {
    if (contact) work.put('add', [...entries, JSON.stringify({ contact: contact.id })], [contact]);
  };
  const add = () => {
    if (name.trim() === '' || email.trim() === '') return;
    work.put('add', [...entries, JSON.stringify({ name: name.trim(), email: email.trim() })]);
    setName('');
    setEmail('');
  };
  return (
    <>
      <Entries work={work} list="add" />
      <ReferencePicker table="contact" lookup={lookup} label="A known contact" value={undefined} onChange={take} />
      <div className={names.adding}>
        <TextInput label="Name of a new one" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput
          label="Email"
          inputMode="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            add();
            toFirstField(event);
          }}
        />
        <Button
          disabled={name.trim() === '' || email.trim() === ''}
          onClick={(event) => {
            add();
            toFirstField(event);
          }}
        >
          Add
        </Button>
      </div>
    </>
  );
}

/** What the customer's people are there for. */
export function ResponsibilitiesBody({ work }: Props) {
  const { lookup } = useFormWorld();
  const [contact, setContact] = useState<Reference>();
  const [responsibility, setResponsibility] = useState<Reference>();
  const [primary, setPrimary] = useState(false);
  const add = () => {
    if (!contact || !responsibility) return;
    const entry = { contact: contact.id, responsibility: responsibility.id, ...(primary ? { primary } : {}) };
    work.put('set', [...plainTexts(work.values['set']), JSON.stringify(entry)], [contact, responsibility]);
    setContact(undefined);
    setResponsibility(undefined);
    setPrimary(false);
  };
  return (
    <>
      <Entries work={work} list="set" />
      <div className={names.adding}>
        <ReferencePicker table="contact" lookup={lookup} label="Contact" value={contact} onChange={setContact} />
        <ReferencePicker
          table="responsibility"
          lookup={lookup}
          label="Responsibility"
          value={responsibility}
          onChange={setResponsibility}
        />
        <Checkbox label="Primary contact" checked={primary} onChange={(event) => setPrimary(event.currentTarget.checked)} />
        <Button
          disabled={!contact || !responsibility}
          onClick={(event) => {
            add();
            toFirstField(event);
          }}
        >
          Add
        </Button>
      </div>
    </>
  );
}
