import { UsageError, type Command } from '../command-line.ts';
import { PORTFOLIO_VIEW_CONDITIONS } from '#shared/domain/portfolio/portfolio-views.ts';
import { moneyText, report, textTable } from '../report.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const one = (value: number | undefined): string => (value === undefined ? '–' : String(Math.round(value)));

/** `satchel score`: health of every engagement as of a day, with its coverage (HLT-01…07). */
export const score: Command = {
  name: 'score',
  usage: 'score [ENGAGEMENT] [--as-of DATE] [--json]',
  summary: 'Health scores of all active engagements, or one with its explanation.',
  words: [0, 1],
  options: {},
  run: async ({ client, words }) => {
    if (words[0] !== undefined) {
      // not the search, which answers with what it has so far while its index is being made
      const { rows } = await client.call('records.list', { table: 'engagement', search: words[0], window: { offset: 0, limit: 100 } });
      const asked = words[0].toLowerCase();
      const isMeant = ({ row, label }: (typeof rows)[number]) => row.number?.toLowerCase() === asked || label.toLowerCase() === asked;
      const meant = rows.find(isMeant) ?? rows[0];
      const engagement = meant && { id: meant.row.id, label: meant.label };
      if (!engagement) throw new UsageError(`No engagement is called "${words[0]}". Give its number or title.`);
      const explained = await client.call('health.explain', { engagementId: engagement.id });
      return report(explained, [
        `${engagement.label}: ${explained.status === 'known' ? `${one(explained.score)} (${explained.score})` : explained.status}, coverage ${explained.coverage} %, as of ${explained.asOf}`,
        explained.formula,
        ...textTable(explained.metrics, [
          { heading: 'Source', cell: (metric) => metric.source },
          {
            heading: 'Value',
            cell: (metric) => (metric.value === undefined ? (metric.missing ?? 'missing') : String(metric.value)),
            right: true,
          },
          { heading: 'Target', cell: (metric) => String(metric.target), right: true },
          { heading: 'Weight', cell: (metric) => String(metric.weight), right: true },
          { heading: 'Score', cell: (metric) => one(metric.score), right: true },
          { heading: 'Adds', cell: (metric) => (metric.part === undefined ? '–' : metric.part.toFixed(3)), right: true },
          { heading: 'Newest', cell: (metric) => metric.lastEnd ?? '–' },
        ]),
      ]);
    }
    const rows = [];
    for (let offset = 0; ; offset += 1000) {
      const page = await client.call('portfolio.list', {
        condition: PORTFOLIO_VIEW_CONDITIONS.active,
        columns: [],
        sums: [],
        window: { offset, limit: 1000 },
        sort: [{ field: 'health', direction: 'up' }],
      });
      rows.push(...page.rows.flatMap((row) => (row.kind === 'row' ? [row.line] : [])));
      if (page.rows.length === 0 || rows.length >= page.total) break;
    }
    return report(
      rows,
      textTable(rows, [
        { heading: 'Engagement', cell: (row) => row.title },
        { heading: 'Account', cell: (row) => row.account },
        { heading: 'Stage', cell: (row) => row.stage },
        { heading: 'Health', cell: (row) => (row.healthStatus === 'known' ? one(row.health) : row.healthStatus), right: true },
        { heading: 'Band', cell: (row) => row.band?.category ?? '' },
        { heading: '7 days', cell: (row) => (row.change7 === undefined ? '' : row.change7.toFixed(1)), right: true },
        { heading: 'Risks', cell: (row) => String(row.openRisks), right: true },
      ]),
    );
  },
};

/** `satchel risks`: runs the analyser, then lists open signals (RSK-05). */
export const risks: Command = {
  name: 'risks',
  usage: 'risks [--as-of DATE] [--json]',
  summary: 'Evaluate the risk definitions now and list the open signals.',
  words: [0, 0],
  writes: true,
  options: {},
  run: async ({ client }) => {
    const analysed = await client.command('risk.analyse', {});
    const overview = await client.call('risk.overview', {});
    const rows = [];
    for (let offset = 0; ; offset += 1000) {
      const page = await client.call('risk.list', { view: 'all', window: { offset, limit: 1000 } });
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) break;
    }
    return report({ analysed, overview, rows }, [
      `${analysed.opened} opened and ${analysed.occurrences} occurrences added by this run; ${overview.open} open, contract value at risk ${moneyText(overview.value)}.`,
      ...textTable(rows, [
        { heading: 'Number', cell: ({ row }) => row.number ?? '' },
        { heading: 'Risk', cell: ({ row }) => textOf(row['shortDescription']) },
        { heading: 'Engagement', cell: ({ engagement }) => engagement?.label ?? '' },
        { heading: 'Priority', cell: ({ row }) => textOf(row['priority']) },
        { heading: 'Due', cell: ({ row }) => textOf(row['dueDate']) },
        { heading: 'Times', cell: ({ occurrences }) => String(occurrences), right: true },
        { heading: 'Value', cell: ({ value }) => moneyText(value), right: true },
      ]),
    ]);
  },
};

/** `satchel report portfolio`: every figure of the portfolio screen, as of a day (DSH-01, INT-06). */
export const reportPortfolio: Command = {
  name: 'report',
  usage: 'report portfolio [--as-of DATE] [--json]',
  summary: 'The figures of the portfolio screen.',
  words: [1, 1],
  options: {},
  run: async ({ client, words }) => {
    if (words[0] !== 'portfolio') throw new UsageError('There is one report so far: satchel report portfolio.');
    const figures = await client.call('portfolio.overview', {});
    const lines = textTable(
      [
        ['Engagements', String(figures.total)],
        ['Active engagements', String(figures.active)],
        ['Accounts with an active contract', String(figures.accounts)],
        ['Active contracts', String(figures.activeContracts)],
        ['Monthly value', moneyText(figures.monthlyValue)],
        ['Contract value', moneyText(figures.contractValue)],
        ['Overall health', figures.overallHealth === undefined ? '–' : `${one(figures.overallHealth)} over ${figures.known} known`],
        ['Mean CSAT', figures.csat ? `${figures.csat.mean.toFixed(4)} over ${figures.csat.scored} scored tickets` : '–'],
        ['Tickets this month', String(figures.ticketsThisMonth)],
        ['Tickets in the last 30 days', String(figures.ticketsLast30Days)],
        ['Open P1 tickets', String(figures.openP1Tickets)],
        ...figures.usageLast30Days.map((usage) => [
          `${usage.source}, last 30 days`,
          `${usage.total.toLocaleString('en')}${usage.unit ? ` ${usage.unit}` : ''}`,
        ]),
        ['Open risks', String(figures.openRisks)],
        ['Contract value at risk', moneyText(figures.valueAtRisk)],
        ['Renewals within 90 days', String(figures.renewalsIn90Days)],
      ],
      [
        { heading: `As of ${figures.asOf}`, cell: (row) => row[0] ?? '' },
        { heading: '', cell: (row) => row[1] ?? '', right: true },
      ],
    );
    return report(figures, lines);
  },
};
