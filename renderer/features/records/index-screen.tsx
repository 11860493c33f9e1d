import { accessOf } from '#shared/domain/permission/rights.ts';
import { ACCESS_PROFILES, accessProfiles } from '#shared/model/access.ts';
import { tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { useScreen } from '../../state/screen.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import names from './records.module.css';

type Group = { readonly title: string; readonly tables: readonly TableName[] };

const GROUPS: readonly Group[] = [
  { title: 'Customers', tables: ['account', 'contact', 'location', 'accountAddress', 'engagement', 'outcomeEvent', 'escalation'] },
  {
    title: 'In touch',
    tables: [
      'touchpoint',
      'meeting',
      'meetingSeries',
      'meetingChecklist',
      'meetingGuest',
      'actionItem',
      'email',
      'activity',
      'outreach',
      'surveyResponse',
    ],
  },
  { title: 'Plans', tables: ['successObjective', 'successOutcome', 'successInitiative', 'successCase', 'successTask'] },
  { title: 'Plays', tables: ['internalPlay', 'internalPlayTask', 'definitionRecord', 'approval'] },
  { title: 'Onboarding', tables: ['onboardingCase', 'onboardingTask', 'dataImportTask'] },
  { title: 'Business', tables: ['contract', 'soldProduct', 'entitlement', 'installBaseItem', 'opportunity', 'supportTicket'] },
  { title: 'Products and their use', tables: ['product', 'capability', 'productUsage', 'capabilityUsage', 'adoptionRoadmap'] },
  { title: 'Teams', tables: ['customerTeamMember', 'accountTeamMember', 'squadMember', 'responsibility', 'user', 'domain'] },
  { title: 'Risks', tables: ['riskSignal', 'riskOccurrence', 'riskSolution', 'riskDefinition', 'thresholdOverride'] },
  { title: 'Scores', tables: ['healthDefinition', 'healthMetric', 'colourBand', 'dataSource', 'dataSourceContext', 'dataPointSeries'] },
];

/** All record types: those without a place above stand under what guards them. */
function allGroups(): readonly Group[] {
  const placed = new Set(GROUPS.flatMap(({ tables }) => tables));
  const rest = accessProfiles.map((access) => ({
    title: ACCESS_PROFILES[access],
    tables: tableNames.filter((table) => !placed.has(table) && accessOf(table) === access),
  }));
  return [...GROUPS, ...rest.filter(({ tables }) => tables.length > 0)];
}
const groups = allGroups();

function TableLink({ table, total }: { table: TableName; total: number | undefined }) {
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
  const counts = useLive('records.counts', {}).data?.counts;
  return (
    <Page title="Records" headingRef={heading} note="every list there is">
      <div className={names.groups}>
        {groups.map(({ title, tables }) => (
          <Section key={title} title={title}>
            <ul>
              {tables.map((table) => (
                <TableLink key={table} table={table} total={counts?.[table]} />
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </Page>
  );
}
