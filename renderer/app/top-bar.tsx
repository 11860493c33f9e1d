import { Button, Kbd, Menu, useMantineColorScheme } from '@mantine/core';
import { useLive } from '../data/use-live.ts';
import { useUndo } from '../data/use-undo.ts';
import { useLayout } from '../state/layout.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useDialogs } from './dialogs.ts';
import names from './top-bar.module.css';

const SCHEMES = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'auto', label: 'As the system', icon: 'auto' },
] as const;

function ViewMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, setDensity } = useLayout();
  const icon = SCHEMES.find(({ value }) => value === colorScheme)?.icon ?? 'auto';
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <IconButton icon={icon} label="Look" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            role="menuitemradio"
            aria-checked={colorScheme === scheme.value}
            leftSection={<Icon name={scheme.icon} />}
            rightSection={colorScheme === scheme.value ? <Icon name="check" size={14} /> : undefined}
            onClick={() => setColorScheme(scheme.value)}
          >
            {scheme.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Rows</Menu.Label>
        {(['comfortable', 'compact'] as const).map((value) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={density === value}
            leftSection={<Icon name="list" />}
            rightSection={density === value ? <Icon name="check" size={14} /> : undefined}
            onClick={() => setDensity(value)}
          >
            {value === 'compact' ? 'Compact' : 'Comfortable'}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Search, the two ways back, and what can be done from anywhere. */
export function TopBar({ onLogTouchpoint }: { onLogTouchpoint: () => void }) {
  const show = useDialogs((state) => state.show);
  const { railClosed, setRailClosed } = useLayout();
  const undoable = useLive('records.undoable', {}).data;
  const { undo, redo } = useUndo();
  return (
    <header className={names.bar}>
      <IconButton
        icon="menu"
        label={railClosed ? 'Show the names of screens' : 'Show only the signs of screens'}
        className={names.railButton}
        onClick={() => setRailClosed(!railClosed)}
      />
      <button type="button" className={names.search} onClick={() => show('palette')}>
        <Icon name="search" size={15} />
        <span className={names.searchText}>Search records, actions, screens</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <div className={names.actions}>
        <IconButton
          icon="undo"
          label={undoable?.undo === undefined ? 'Nothing to undo' : `Undo: ${undoable.undo}`}
          keys="Ctrl+Z"
          {...(undoable?.undo === undefined ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          onClick={() => {
            if (undoable?.undo !== undefined) void undo();
          }}
        />
        <IconButton
          icon="redo"
          label={undoable?.redo === undefined ? 'Nothing to do again' : `Do again: ${undoable.redo}`}
          keys="Ctrl+Y"
          {...(undoable?.redo === undefined ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          onClick={() => {
            if (undoable?.redo !== undefined) void redo();
          }}
        />
        <Button
          leftSection={<Icon name="phone" size={14} />}
          onClick={onLogTouchpoint}
          title="Log a touchpoint (Ctrl+L)"
          className={names.log}
        >
          Log touchpoint
        </Button>
        <ViewMenu />
        <IconButton icon="help" label="Keys" keys="?" onClick={() => show('keys')} />
      </div>
    </header>
  );
}
