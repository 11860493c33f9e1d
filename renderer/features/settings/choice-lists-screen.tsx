import { Button, NativeSelect } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { choiceLists } from '#shared/domain/choices.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ChoiceListEditor } from './choice-list-editor.tsx';
import names from './settings.module.css';

const route = getRouteApi('/settings/choices');

const titles = new Map(
  choiceLists.map(({ list, table, field }) => [list, `${tableOf(table).label} › ${tableOf(table).fields[field]?.label ?? field}`]),
);

function OneList({ list }: { list: string }) {
  const { data, error } = useLive('choices.list', { list });
  if (error && !data) return <Failure failure={error} />;
  if (!data) return <SkeletonLines label="Loading the choices" lines={6} />;
  return <ChoiceListEditor key={list} list={list} choices={data.choices} />;
}

/** Where an administrator extends, renames, orders and retires the choices of records (REC-35). */
export function ChoiceListsScreen() {
  const heading = useScreen('Choice lists');
  const navigate = useNavigate();
  const { list = choiceLists[0]?.list ?? '' } = route.useSearch();
  const title = titles.get(list);
  return (
    <Page
      title="Choice lists"
      headingRef={heading}
      context={<a href="#/settings">Settings</a>}
      actions={
        <Button component="a" href="#/settings" size="compact-sm">
          Back to the settings
        </Button>
      }
    >
      <div className={names.sections}>
        <NativeSelect
          label="List"
          value={list}
          onChange={(event) => void navigate({ to: '/settings/choices', search: { list: event.currentTarget.value }, replace: true })}
          data={[...titles].map(([value, label]) => ({ value, label }))}
        />
        <Section title={title ?? 'Unknown list'} note="every change is one step for undo">
          <OneList list={list} />
        </Section>
      </div>
    </Page>
  );
}
