import type { NewValues } from '#shared/model/dictionary.ts';
import type { RiskTemplate } from '#shared/model/indicator.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { Breach } from '#shared/domain/risk/plan-signals.ts';
import { fillTemplate } from '#shared/domain/risk/signal-texts.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { derivedId, derivedIdOn } from '#shared/util/derived-id.ts';
import type { Draft } from '../context.ts';
import type { FoundBreach } from './find-breaches.ts';

/** Opens a signal from its definition's template, with its first occurrences; answers how many. */
export function openSignal(draft: Draft, breach: FoundBreach, further: readonly FoundBreach[], asOf: string): number {
  const engagement = draft.view.get('engagement', breach.engagement);
  if (!engagement) return 0;
  const { template, name, category } = breach.risk;
  const values = {
    value: breach.value,
    threshold: breach.threshold,
    source: sourceLabel(draft.view, breach),
    engagement: engagement.title,
  };
  const texts = template ? [fillTemplate(template.description, values), breach.because] : [breach.because];
  const fields: NewValues<'riskSignal'> = {
    shortDescription: template ? fillTemplate(template.shortDescription, values) : name,
    description: texts.filter((text) => text !== '').join('\n\n'),
    engagement: engagement.id,
    category,
    ...chosen(template),
    ...(engagement.csm === undefined ? {} : { assignedTo: engagement.csm }),
    ...(template?.dueInDays === undefined ? {} : { dueDate: addDays(asOf, template.dueInDays) }),
    ...(breach.contracts.length === 0 ? {} : { contractsImpacted: breach.contracts }),
    ...(breach.products.length === 0 ? {} : { productsImpacted: breach.products }),
  };
  const id = draft.create('riskSignal', fields, { id: signalId(draft.view, breach) });
  const { definition, sourceTable, sourceRecord } = breach;
  draft.setSystemFields('riskSignal', id, { creationMethod: 'automated', definition, sourceTable, sourceRecord });
  for (const each of [breach, ...further]) addOccurrence(draft, id, each);
  return 1 + further.length;
}

/** The choices that a template makes; one that does not exist is refused when the signal is written. */
function chosen(template: RiskTemplate | undefined): NewValues<'riskSignal'> {
  const { priority, probability, scope, riskOrIssue, reportedBy } = template ?? {};
  return Object.fromEntries(
    Object.entries({ priority, probability, scope, riskOrIssue, reportedBy }).filter(([, value]) => value !== undefined),
  );
}

function sourceLabel(view: ReadView, { risk, sourceTable, sourceRecord }: FoundBreach): string {
  if (risk.type === 'metric') return risk.reader.source.name;
  const row = view.get(risk.table, sourceRecord);
  return row ? labelOf(risk.table, row, view) : sourceTable;
}

/** Follows from the cause and how often it was seen: another device that analyses the same engagement opens the same signal (S1). */
function signalId(view: ReadView, { engagement, category, sourceTable, sourceRecord }: Breach): string {
  for (let nth = 0; ; nth += 1) {
    const id = derivedId(engagement, 'riskSignal', category, sourceTable, sourceRecord, String(nth));
    if (view.get('riskSignal', id) === undefined) return id;
  }
}

/** Adds one period in which the cause of a signal was seen. */
export function addOccurrence(draft: Draft, signal: string, { startDate, endDate, value, threshold, gap }: Breach): void {
  const values: NewValues<'riskOccurrence'> = {
    signal,
    startDate,
    endDate,
    ...(value === undefined ? {} : { value }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(gap === undefined ? {} : { gap }),
  };
  draft.create('riskOccurrence', values, { id: derivedIdOn(endDate, signal, 'riskOccurrence') });
}
