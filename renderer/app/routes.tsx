import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Button } from '@mantine/core';
import { readBriefSearch } from '../features/brief/brief-search.ts';
import { readDefinitionsSearch } from '../features/definitions/definitions-search.ts';
import { readEngagementSearch } from '../features/engagement/engagement-search.ts';
import { readImportSearch } from '../features/importing/import-search.ts';
import { readListSearch } from '../features/common/list-search.ts';
import { readMailsSearch, readNewMailSearch } from '../features/mail/mails-search.ts';
import { readPlannerSearch } from '../features/planner/planner-search.ts';
import { readPortfolioSearch } from '../features/portfolio/portfolio-search.ts';
import { readNewRecordSearch, readRecordSearch } from '../features/records/record-search.ts';
import { readRiskSearch } from '../features/risks/risk-search.ts';
import { readChoicesSearch } from '../features/settings/choices-search.ts';
import { readSearchAddress } from '../features/search/search-address.ts';
import { readTodaySearch } from '../features/today/today-search.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ScreenFailure } from './error-boundary.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <EmptyState
      title="There is no such screen"
      actions={
        <Button component="a" href="#/portfolio">
          To the portfolio
        </Button>
      }
    >
      The address may be of another version of Satchel.
    </EmptyState>
  ),
  errorComponent: ({ error, reset }) => <ScreenFailure error={error} onRetry={reset} />,
});
const getParentRoute = () => root;

// One line a screen: its address, what its address may hold, and the file that is loaded when it is first opened.
const screens = [
  createRoute({ getParentRoute, path: '/', beforeLoad: () => redirect({ to: '/today', throw: true }) }),
  createRoute({
    getParentRoute,
    path: '/today',
    validateSearch: readTodaySearch,
    component: lazyRouteComponent(() => import('../features/today/today-screen.tsx'), 'TodayScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/brief/$id',
    validateSearch: readBriefSearch,
    component: lazyRouteComponent(() => import('../features/brief/brief-screen.tsx'), 'BriefScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/planner',
    validateSearch: readPlannerSearch,
    component: lazyRouteComponent(() => import('../features/planner/planner-screen.tsx'), 'PlannerScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/mails',
    validateSearch: readMailsSearch,
    component: lazyRouteComponent(() => import('../features/mail/mails-screen.tsx'), 'MailsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/mails/new',
    validateSearch: readNewMailSearch,
    component: lazyRouteComponent(() => import('../features/mail/new-mail-screen.tsx'), 'NewMailScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/mails/setup',
    component: lazyRouteComponent(() => import('../features/mail/setup-screen.tsx'), 'MailSetupScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/unanswered',
    validateSearch: readTodaySearch,
    component: lazyRouteComponent(() => import('../features/mail/unanswered-screen.tsx'), 'UnansweredScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/mails/$id',
    component: lazyRouteComponent(() => import('../features/mail/mail-screen.tsx'), 'MailScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/portfolio',
    validateSearch: readPortfolioSearch,
    component: lazyRouteComponent(() => import('../features/portfolio/portfolio-screen.tsx'), 'PortfolioScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/engagement/$id',
    validateSearch: readEngagementSearch,
    component: lazyRouteComponent(() => import('../features/engagement/engagement-screen.tsx'), 'EngagementScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/records',
    component: lazyRouteComponent(() => import('../features/records/index-screen.tsx'), 'IndexScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/records/$table',
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => import('../features/records/list-screen.tsx'), 'ListScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/records/$table/new',
    validateSearch: readNewRecordSearch,
    component: lazyRouteComponent(() => import('../features/records/new-screen.tsx'), 'NewScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/records/$table/$id',
    validateSearch: readRecordSearch,
    component: lazyRouteComponent(() => import('../features/records/record-screen.tsx'), 'RecordScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/r/$name',
    component: lazyRouteComponent(() => import('../features/records/link-screen.tsx'), 'LinkScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/work',
    component: lazyRouteComponent(() => import('../features/playbooks/my-work-screen.tsx'), 'MyWorkScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/playbooks',
    component: lazyRouteComponent(() => import('../features/playbooks/design/playbooks-screen.tsx'), 'PlaybooksScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/playbooks/$id',
    component: lazyRouteComponent(() => import('../features/playbooks/design/designer-screen.tsx'), 'DesignerScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/risks',
    validateSearch: readRiskSearch,
    component: lazyRouteComponent(() => import('../features/risks/risks-screen.tsx'), 'RisksScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/risks/$id',
    component: lazyRouteComponent(() => import('../features/risks/risk-screen.tsx'), 'RiskScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/search',
    validateSearch: readSearchAddress,
    component: lazyRouteComponent(() => import('../features/search/search-screen.tsx'), 'SearchScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/import',
    validateSearch: readImportSearch,
    component: lazyRouteComponent(() => import('../features/importing/import-screen.tsx'), 'ImportScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/definitions',
    validateSearch: readDefinitionsSearch,
    component: lazyRouteComponent(() => import('../features/definitions/definitions-screen.tsx'), 'DefinitionsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/definitions/health/$id',
    component: lazyRouteComponent(() => import('../features/definitions/health-definition-screen.tsx'), 'HealthDefinitionScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/definitions/risk/$id',
    component: lazyRouteComponent(() => import('../features/definitions/risk-definition-screen.tsx'), 'RiskDefinitionScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/definitions/source/$id',
    component: lazyRouteComponent(() => import('../features/definitions/source-screen.tsx'), 'SourceScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('../features/settings/settings-screen.tsx'), 'SettingsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings/people',
    component: lazyRouteComponent(() => import('../features/settings/people-screen.tsx'), 'PeopleScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings/choices',
    validateSearch: readChoicesSearch,
    component: lazyRouteComponent(() => import('../features/settings/choice-lists-screen.tsx'), 'ChoiceListsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/sync',
    component: lazyRouteComponent(() => import('../features/sync/sync-screen.tsx'), 'SyncScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/sync/connect',
    component: lazyRouteComponent(() => import('../features/sync/connect-screen.tsx'), 'ConnectScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/sync/conflicts',
    component: lazyRouteComponent(() => import('../features/sync/conflicts-screen.tsx'), 'ConflictsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/sync/refused',
    component: lazyRouteComponent(() => import('../features/sync/refused-screen.tsx'), 'RefusedScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/sync/devices',
    component: lazyRouteComponent(() => import('../features/sync/devices-screen.tsx'), 'DevicesScreen'),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(screens),
  history: createHashHistory(),
  defaultPreload: 'intent',
  // lists restore their own scroll position
  scrollRestoration: false,
  // a screen is drawn once its code is there; the last one stays until then
  defaultPendingMs: 400,
});

declare module '@tanstack/react-router' {
  // the router's own way of being told the routes' types
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface merges
  interface Register {
    router: typeof router;
  }
}
