import type { Output } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isTableName, tableOf, type AnyRow, type Row } from '#shared/model/dictionary.ts';
import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import { valueAtRisk } from '#shared/domain/derived/engagement-facts.ts';
import { labelOf, labelOfId } from '#shared/domain/labels/record-label.ts';
import { plainNumber } from '#shared/domain/risk/signal-texts.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { EngineContext } from '../context.ts';
import type { Figures } from '../jobs/figures.ts';
import { refsOf } from '../portfolio/record-refs.ts';

type Page = Output<'risk.page'>;

/** A signal with its engagement's card, why it was raised, and its occurrences, newest first (RSK-10). */
export function riskPage({ view, settings }: EngineContext, figures: Figures, id: string): Page {
  const signal = view.get('riskSignal', id);
  if (!signal) throw new AppError('not-found', 'This risk signal does not exist any more.', { table: 'riskSignal', recordId: id });
  const { asOf, currency } = settings();
  const engagement = signal.engagement === undefined ? undefined : view.get('engagement', signal.engagement);
  const occurrences = view.by('riskOccurrence', 'signal', id).toSorted((a, b) => (a.endDate < b.endDate ? 1 : -1));
  return {
    row: signal,
    refs: refsOf(view, 'riskSignal', signal),
    ...(engagement && { engagement: card(view, figures, engagement) }),
    value: [...valueAtRisk([{ ...signal, state: 'active' }], view, asOf, currency)],
    because: becauseOf(view, signal, occurrences[0]),
    occurrences,
  };
}

function card(view: ReadView, figures: Figures, engagement: Row<'engagement'>): NonNullable<Page['engagement']> {
  const facts = figures.facts(engagement);
  const health = figures.health().score(engagement.id, figures.grid().now);
  const { goLiveDate } = engagement;
  return {
    id: engagement.id,
    title: labelOf('engagement', engagement, view),
    stage: engagement.stage ?? '',
    contractValue: [...facts.contractValue],
    ...(goLiveDate === undefined ? {} : { goLiveDate }),
    ...(facts.renewalDate === undefined ? {} : { renewalDate: facts.renewalDate }),
    ...(facts.lastTouchpoint === undefined ? {} : { lastTouchpoint: facts.lastTouchpoint }),
    ...(Number.isNaN(health) ? {} : { health }),
    account: facts.account,
  };
}

/** Why the signal was raised, in words: the rule with its numbers, or the record that matched it. */
function becauseOf(view: ReadView, signal: Row<'riskSignal'>, latest: Row<'riskOccurrence'> | undefined): string {
  const definition = signal.definition === undefined ? undefined : view.get('riskDefinition', signal.definition);
  if (signal.creationMethod === 'manual' || signal.creationMethod === undefined) return 'Raised by hand.';
  const record = recordInWords(view, signal);
  if (!definition) return `Raised by a rule that was deleted${record === '' ? '' : `, for ${record}`}.`;
  if (definition.type === 'table') {
    const condition = definition.sourceCondition;
    const words = condition && definition.sourceTable ? conditionInWords(condition, definition.sourceTable, view) : '';
    return `“${definition.name}”: ${record}${words === '' ? '' : ` – ${words}`}.`;
  }
  return `“${definition.name}”: ${record}${latest ? ` – ${numbersInWords(view, definition, latest)}` : ''}.`;
}

function recordInWords(view: ReadView, { sourceTable, sourceRecord }: Row<'riskSignal'>): string {
  if (sourceTable === undefined || sourceRecord === undefined || !isTableName(sourceTable)) return '';
  const row: AnyRow | undefined = view.get(sourceTable, sourceRecord);
  const { label } = tableOf(sourceTable);
  return row ? `${label.toLowerCase()} ${labelOf(sourceTable, row, view)}` : `${label.toLowerCase()} that was deleted`;
}

function numbersInWords(
  view: ReadView,
  definition: Row<'riskDefinition'>,
  { value, threshold, startDate, endDate }: Row<'riskOccurrence'>,
): string {
  const source = labelOfId('dataSource', definition.source ?? '', view);
  const number = (of: number | undefined): string => (of === undefined ? '–' : plainNumber(of));
  const when = `${startDate} to ${endDate}`;
  switch (definition.condition) {
    case 'fellBy':
      return `${source} fell by ${number(value)} %, more than ${number(threshold)} % (${when})`;
    case 'roseBy':
      return `${source} rose by ${number(value)} %, more than ${number(threshold)} % (${when})`;
    case 'above':
      return `${source} was ${number(value)}, above ${number(threshold)} (${when})`;
    case 'below':
    case undefined:
      return `${source} was ${number(value)}, below ${number(threshold)} (${when})`;
  }
}
