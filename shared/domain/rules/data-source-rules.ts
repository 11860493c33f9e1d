import type { Row } from '../../model/dictionary.ts';
import { AppError } from '../../errors/app-error.ts';
import { fold } from '../../util/folding.ts';
import { planIndicator } from '../indicator/indicator-plan.ts';
import { canResolve } from '../indicator/source-records.ts';
import { isIndicator } from '../validate/indicator-shape.ts';
import { sameValue } from '../validate/same-value.ts';
import type { ReadView } from '../view.ts';
import { unitOf } from './indicator-unit.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, type AnyRule, type Change, type RuleContext } from './rule.ts';

type Source = Row<'dataSource'>;
type Context = Row<'dataSourceContext'>;

/** DCE-01: a source counted from records says what is counted; as long as it is a draft it may say it later. */
const indicatorFits = rule('DCE-01', 'dataSource', ['create', 'update'], {
  fields: ['kind', 'indicator', 'breakdown', 'state'],
  check: ({ view }, change) => {
    const source = change.after;
    if (!source || source.kind !== 'indicator') return undefined;
    const name = sentence(nameOf('dataSource', source, view));
    if (source.indicator === undefined) {
      if (source.state !== 'published') return undefined;
      return refusal('DCE-01', change, `${name} does not say yet what it counts. Choose it before publishing.`, { field: 'indicator' });
    }
    if (!isIndicator(source.indicator))
      return refusal('DCE-01', change, `${name}: what it counts cannot be understood. Choose record type, figure and condition again.`, {
        field: 'indicator',
      });
    try {
      planIndicator(source.indicator, source.breakdown);
      return undefined;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      return refusal('DCE-01', change, `${name}: ${thrown.message}`, { field: 'indicator' });
    }
  },
});

/** BR-27: the unit fills itself from the indicator, and follows it until a person writes another one. */
const unitFills = rule('BR-27', 'dataSource', ['create', 'update'], {
  fields: ['kind', 'indicator', 'unit'],
  fill: ({ settings }, { before, after }) => {
    const unit = unitIn(after, settings.currency);
    if (!after || unit === undefined) return undefined;
    const own = after.unit !== undefined && after.unit !== unitIn(before, settings.currency);
    return own ? undefined : { unit };
  },
});

const unitIn = (source: Source | undefined, currency: string): string | undefined =>
  source?.kind === 'indicator' && isIndicator(source.indicator) ? unitOf(source.indicator, currency) : undefined;

const CONFIGURATION = ['kind', 'indicator', 'frequency', 'rollUp', 'breakdown', 'unit'] as const;

/** BR-26: no two sources with the same name, and no two that count the same in the same way. Retired ones do not count. */
const sourceOnce = rule('BR-26', 'dataSource', ['create', 'update'], {
  fields: ['name', 'state', ...CONFIGURATION],
  check: ({ view }, change) => {
    const source = change.after;
    if (!source || source.state === 'retired') return undefined;
    const name = fold(source.name);
    for (const other of view.all('dataSource')) {
      if (other.id === source.id || other.state === 'retired') continue;
      const same =
        source.kind === 'indicator' &&
        source.indicator !== undefined &&
        CONFIGURATION.every((field) => sameValue(source[field], other[field]));
      if (!same && fold(other.name) !== name) continue;
      const what = same ? 'counts the same in the same way' : 'has the same name';
      return refusal('BR-26', change, `${sentence(nameOf('dataSource', other, view))} ${what}. Use that one, or change this one.`, {
        field: same ? 'indicator' : 'name',
        blocking: [{ table: 'dataSource', id: other.id, label: other.name }],
      });
    }
    return undefined;
  },
});

/** BR-28: the last run is never after the next one. */
const runsInOrder = rule('BR-28', 'dataSource', ['create', 'update'], {
  fields: ['lastRun', 'nextRun'],
  check: ({ view }, change) => {
    const { lastRun, nextRun } = change.after ?? {};
    if (!change.after || lastRun === undefined || nextRun === undefined || lastRun <= nextRun) return undefined;
    return refusal(
      'BR-28',
      change,
      `${sentence(nameOf('dataSource', change.after, view))}: the last run (${lastRun}) cannot be after the next one (${nextRun}).`,
      {
        field: 'lastRun',
      },
    );
  },
});

const PACE = ['daily', 'weekly', 'monthly', 'quarterly'] as const;

/** BR-43: a source does not report finer than its indicator is counted. */
const notFinerThanIndicator = rule('BR-43', 'dataSource', ['create', 'update'], {
  fields: ['kind', 'indicator', 'frequency'],
  check: ({ view }, change) => {
    const source = change.after;
    const every = source?.kind === 'indicator' && isIndicator(source.indicator) ? source.indicator.every : undefined;
    if (!source || every === undefined || PACE.indexOf(source.frequency) >= PACE.indexOf(every)) return undefined;
    return refusal(
      'BR-43',
      change,
      `${sentence(nameOf('dataSource', source, view))}: a ${source.frequency} value cannot come from a figure that is counted ${every}. Choose ${every} or a longer frequency.`,
      { field: 'frequency' },
    );
  },
});

function contextProblem({ view }: RuleContext, change: Change, source: Source): AppError | undefined {
  if (source.state !== 'published') return undefined;
  const contexts = view.by('dataSourceContext', 'source', source.id).filter(({ active }) => active !== false);
  if (contexts.some(({ mapper }) => canResolve(source.breakdown, mapper))) return undefined;
  const name = sentence(nameOf('dataSource', source, view));
  const what =
    contexts.length === 0
      ? 'needs at least one active context before it can be published: say which records its values are for and how they are found.'
      : `is broken down by ${source.breakdown === 'soldProduct' ? 'sold product' : source.breakdown}, which none of its contexts can lead to engagements. Choose another way in its context.`;
  return refusal('BR-25', change, `${name} ${what}`, { table: 'dataSource', recordId: source.id, field: 'state' });
}

/** BR-25: a published source has a valid context, whichever end changes. */
const publishedHasContext = rule('BR-25', 'dataSource', ['create', 'update'], {
  fields: ['state', 'breakdown'],
  check: (context, change) => change.after && contextProblem(context, change, change.after),
});
const contextStays = rule('BR-25', 'dataSourceContext', ['update', 'delete'], {
  check: (context, change) => {
    const source = change.before && context.view.get('dataSource', change.before.source);
    return source && contextProblem(context, change, source);
  },
});

/** BR-29 and BR-45: one active mapper for a source and a context, and none of them written twice. */
const mapperOnce = rule('BR-29', 'dataSourceContext', ['create', 'update'], {
  check: ({ view }, change) => {
    const { after } = change;
    for (const other of after ? view.by('dataSourceContext', 'source', after.source) : []) {
      if (!after || other.id === after.id || other.context !== after.context) continue;
      const source = sourceName(view, after);
      if (other.mapper === after.mapper)
        return refusal('BR-45', change, `${source} has this context with this way of finding it already. Change the other one.`, {
          field: 'mapper',
        });
      if (after.active !== false && other.active !== false)
        return refusal('BR-29', change, `${source} has another active way of finding this context. Switch that one off first.`, {
          field: 'mapper',
        });
    }
    return undefined;
  },
});

function sourceName(view: ReadView, { source }: Context): string {
  const row = view.get('dataSource', source);
  return row ? sentence(nameOf('dataSource', row, view)) : 'The data source';
}

export const dataSourceRules: readonly AnyRule[] = [
  indicatorFits,
  unitFills,
  sourceOnce,
  runsInOrder,
  notFinerThanIndicator,
  publishedHasContext,
  contextStays,
  mapperOnce,
];
