import { Button, Menu, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { groupOptions, type RecordColumn } from './record-columns.tsx';

/** By what a list is grouped. */
export function GroupSelect({
  columns,
  value,
  onChange,
}: {
  columns: readonly RecordColumn[];
  value: string | undefined;
  onChange: (path: string | undefined) => void;
}) {
  const [searched, setSearched] = useState('');
  const options = useMemo(() => groupOptions(columns), [columns]);
  // fields of other records are many: they are found by typing
  const data = options
    .filter(({ path }) => !path.includes('.') || searched !== '' || path === value)
    .map(({ path, title, info }) => ({
      value: path,
      label: info.kind === 'date' || info.kind === 'instant' ? `${title} (by month)` : title,
    }));
  return (
    <Select
      size="xs"
      w={150}
      aria-label="Group by"
      placeholder="Group by"
      data={data}
      value={value ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Show without groups' }}
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      onSearchChange={setSearched}
      onChange={(path) => onChange(path ?? undefined)}
    />
  );
}

type MoreProps = {
  readonly isGrouped: boolean;
  /** Whether rows may leave the application. */
  readonly canTake: boolean;
  readonly onCopy: () => void;
  readonly onExport: (format: 'csv' | 'xlsx') => void;
  readonly onFold: (closed: boolean) => void;
  readonly exporting: { readonly done: number; readonly total: number; readonly onCancel: () => void } | undefined;
};

/** What is done with the whole list, less often than filtering it. */
export function MoreMenu({ isGrouped, canTake, onCopy, onExport, onFold, exporting }: MoreProps) {
  if (exporting)
    return (
      <Button leftSection={<Icon name="close" size={12} />} onClick={exporting.onCancel}>
        Exporting {exporting.total > 0 ? `${Math.round((100 * exporting.done) / exporting.total)} %` : '…'}
      </Button>
    );
  if (!canTake && !isGrouped) return null;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <IconButton icon="more" label="More for this list" />
      </Menu.Target>
      <Menu.Dropdown>
        {canTake && (
          <>
            <Menu.Item leftSection={<Icon name="records" />} onClick={onCopy}>
              Copy as table
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="upload" />} onClick={() => onExport('xlsx')}>
              Export as XLSX
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="upload" />} onClick={() => onExport('csv')}>
              Export as CSV
            </Menu.Item>
          </>
        )}
        {isGrouped && (
          <>
            {canTake && <Menu.Divider />}
            <Menu.Item leftSection={<Icon name="chevronRight" />} onClick={() => onFold(true)}>
              Close all groups
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="chevronDown" />} onClick={() => onFold(false)}>
              Open all groups
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
