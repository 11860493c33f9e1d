import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { TableName } from '#shared/model/dictionary.ts';
import { useMay } from '../../data/use-me.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { Icon } from '../../ui/icon.tsx';
import { newMailAddress, type NewMailSearch } from './mails-search.ts';

const PLACES: ReadonlySet<TableName> = new Set(['engagement', 'successCase', 'internalPlay', 'successInitiative', 'onboardingCase']);

/** Where a mail of a record begins; undefined for records that have no mails. */
function beginning(table: TableName, id: string): NewMailSearch | undefined {
  if (table === 'touchpoint') return { touchpoint: id };
  if (table === 'contact') return { contact: id };
  return PLACES.has(table) ? { about: `${table}/${id}` } : undefined;
}

/** TCH-05: begins a mail from the record on screen. */
export function WriteMail({ table, id }: { readonly table: TableName; readonly id: string }) {
  const may = useMay()('email', 'create');
  const address = useMemo(() => {
    const search = beginning(table, id);
    return search === undefined ? undefined : newMailAddress(search);
  }, [table, id]);
  useActions(
    useMemo<readonly Action[]>(
      () =>
        address === undefined || !may
          ? []
          : [
              {
                id: 'write-mail',
                label: 'Write a mail',
                group: 'This screen',
                icon: 'mail',
                words: 'email compose send message',
                run: () => location.assign(address),
              },
            ],
      [address, may],
    ),
  );
  if (address === undefined || !may) return null;
  return (
    <Button component="a" href={address} leftSection={<Icon name="mail" size={14} />}>
      Write a mail
    </Button>
  );
}
