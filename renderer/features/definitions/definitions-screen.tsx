import { Button, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCommand } from '../../data/use-command.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.ts';
import { BandsEditor } from './bands-editor.tsx';
import { HealthList, RiskList, SourceList } from './definition-lists.tsx';
import { DEFINITION_TABS, type DefinitionTab } from './definitions-search.ts';

const route = getRouteApi('/definitions');
// Object.keys loses the literal type of a constant object's keys
const TABS = Object.keys(DEFINITION_TABS) as readonly DefinitionTab[];

/** What health means, when a risk is raised, where figures come from, and which colours they have. */
export function DefinitionsScreen() {
  const heading = useScreen('Definitions');
  const { tab = 'health' } = route.useSearch();
  const navigate = useNavigate();
  const starter = useCommand('workspace.addStarterDefinitions');
  const addStarter = () =>
    starter.run({}, ({ created }) =>
      toastDone(created === 0 ? 'The ready-made definitions are all there.' : `${plural(created, 'ready-made definition')} added.`),
    );
  return (
    <Page
      title="Definitions"
      headingRef={heading}
      actions={
        <Button loading={starter.busy} onClick={addStarter}>
          Add the ready-made ones
        </Button>
      }
    >
      {starter.error && <Failure failure={starter.error} />}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => {
          const next = TABS.find((known) => known === value) ?? 'health';
          void navigate({ to: '/definitions', search: next === 'health' ? {} : { tab: next }, replace: true });
        }}
      >
        <Tabs.List aria-label="Kinds of definition">
          {TABS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {DEFINITION_TABS[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="health" pt="sm">
          <HealthList />
        </Tabs.Panel>
        <Tabs.Panel value="risk" pt="sm">
          <RiskList />
        </Tabs.Panel>
        <Tabs.Panel value="source" pt="sm">
          <SourceList />
        </Tabs.Panel>
        <Tabs.Panel value="band" pt="sm">
          <BandsEditor />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
