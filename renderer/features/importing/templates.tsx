import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { importTables } from '#shared/domain/importing/import-fields.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useAccess } from '../../data/client-provider.tsx';
import { saveBytes } from '../../data/save-bytes.ts';
import { asAppError } from '../../data/use-command.ts';
import { Section } from '../../ui/section.tsx';
import { toastFailure } from '../../ui/toast.ts';
import names from './importing.module.css';

/** Empty files with the right headings, for those who start from a spreadsheet of their own. */
export function Templates() {
  const { client } = useAccess();
  const [table, setTable] = useState<TableName>('account');
  const fetch = async (format: 'csv' | 'xlsx') => {
    try {
      const made = await client.call('export.template', { table, format });
      await saveBytes(made.fileName, made.bytes);
    } catch (thrown) {
      toastFailure(asAppError(thrown));
    }
  };
  return (
    <Section title="Start from a template">
      <p className={names.quiet}>A file with the headings of a record type, its choices and an example.</p>
      <Group gap="xs" mt="xs" align="end">
        <NativeSelect
          label="Record type"
          value={table}
          onChange={(event) => setTable(importTables.find((name) => name === event.currentTarget.value) ?? 'account')}
          data={importTables.map((name) => ({ value: name, label: tableOf(name).plural }))}
        />
        <Button onClick={() => void fetch('xlsx')}>Save as XLSX</Button>
        <Button onClick={() => void fetch('csv')}>Save as CSV</Button>
      </Group>
    </Section>
  );
}
