import { Button, Kbd, Menu, useMantineColorScheme } from '@mantine/core';
import { useLive } from '../data/use-live.ts';
import { useUndo } from '../data/use-undo.ts';
import { useLayout } from '../state/layout.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Bell } from '../features/notices/bell.tsx';
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
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme.value === value)?.value ?? 'auto')}
        >
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme.value} value={scheme.value} rightSection={<Icon name={scheme.icon} />}>
              {scheme.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>Rows</Menu.Label>
        <Menu.RadioGroup value={density} onChange={(value) => setDensity(value === 'compact' ? 'compact' : 'comfortable')}>
          <Menu.RadioItem value="comfortable">Comfortable</Menu.RadioItem>
          <Menu.RadioItem value="compact">Compact</Menu.RadioItem>
        </Menu.RadioGroup>
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
        <Kbd className={names.key}>Ctrl K</Kbd>
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
        <Button leftSection={<Icon name="phone" size={14} />} onClick={onLogTouchpoint} title="Log a call (Ctrl+L)" className={names.log}>
          Log a call
        </Button>
        <Bell />
        <ViewMenu />
        <IconButton icon="help" label="Keys" keys="?" onClick={() => show('keys')} />
      </div>
    </header>
  );
}
