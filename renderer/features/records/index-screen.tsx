import { tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { useScreen } from '../../state/screen.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import names from './records.module.css';

const GROUPS: readonly { readonly title: string; readonly tables: readonly TableName[] }[] = [
  { title: 'Customers', tables: ['account', 'contact', 'engagement', 'touchpoint', 'outcomeEvent'] },
  { title: 'Plans', tables: ['successObjective', 'successOutcome', 'successInitiative', 'successCase', 'successTask'] },
  { title: 'Plays', tables: ['internalPlay', 'internalPlayTask', 'approval'] },
  { title: 'Onboarding', tables: ['onboardingCase', 'onboardingTask', 'dataImportTask'] },
  { title: 'Business', tables: ['contract', 'soldProduct', 'opportunity', 'supportTicket', 'product', 'capability'] },
  { title: 'Risks', tables: ['riskSignal', 'riskOccurrence', 'riskSolution', 'riskDefinition', 'thresholdOverride'] },
  { title: 'Scores', tables: ['healthDefinition', 'healthMetric', 'colourBand', 'dataSource', 'dataSourceContext', 'dataPointSeries'] },
];
const grouped = new Set(GROUPS.flatMap(({ tables }) => tables));
const groups = [...GROUPS, { title: 'Workspace', tables: tableNames.filter((table) => !grouped.has(table)) }];

function TableLink({ table }: { table: TableName }) {
  const total = useLive('records.list', { table, window: { offset: 0, limit: 1 } }).data?.total;
  return (
    <li>
      <a href={`#/records/${table}`} className={names.tableLink}>
        <Icon name={recordIcon(table)} />
        <span>{tableOf(table).plural}</span>
        <span className={names.tableCount}>{total === undefined ? '' : formatNumber(total, 0)}</span>
      </a>
    </li>
  );
}

/** Every record type with how many there are. */
export function IndexScreen() {
  const heading = useScreen('Records');
  return (
    <Page title="Records" headingRef={heading} note="every list there is">
      <div className={names.groups}>
        {groups.map(({ title, tables }) => (
          <Section key={title} title={title}>
            <ul>
              {tables.map((table) => (
                <TableLink key={table} table={table} />
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </Page>
  );
}
