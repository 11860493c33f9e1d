import { STARTER_BANDS, STARTER_HEALTH, STARTER_RISKS, type StarterRisk } from '#shared/domain/starter/starter-definitions.ts';
import { STARTER_RESPONSES, STARTER_RESPONSIBILITIES } from '#shared/domain/starter/starter-people.ts';
import { STARTER_PLAYBOOKS, type StarterPlaybook } from '#shared/domain/starter/starter-playbooks.ts';
import { STARTER_SOURCES, type StarterBand, type StarterSource } from '#shared/domain/starter/starter-sources.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Json } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import type { Draft } from '../context.ts';
import { nextRunAfter } from '../jobs/collection.ts';

/** Whether anything of the starter set is missing. */
export function starterIsMissing(view: ReadView): boolean {
  const named = (table: 'dataSource' | 'healthDefinition' | 'riskDefinition', name: string) => idByName(view, table, name) !== undefined;
  return (
    STARTER_SOURCES.some(({ name }) => !named('dataSource', name)) ||
    !hasHealth(view) ||
    STARTER_RISKS.some(({ values }) => !named('riskDefinition', values.name)) ||
    !hasGlobalBands(view) ||
    missingPeople(view).length > 0 ||
    missingPlaybooks(view).length > 0
  );
}

/**
 * Adds what is missing of the ready-made definitions, published: sources with their bands, the health of all engagements,
 * sample risks (RSK-09). What a person made under the same name stays as it is and is used. Answers how many were made.
 */
export function addStarter(draft: Draft, asOf: string): number {
  const { view } = draft;
  let created = 0;
  const sources = new Map<string, string>();
  for (const starter of STARTER_SOURCES) {
    const known = idByName(view, 'dataSource', starter.name);
    if (known === undefined) created += 1;
    else if (isBare(view, known, starter)) addBands(draft, starter.bands, known);
    sources.set(starter.name, known ?? addSource(draft, starter, asOf));
  }
  if (!hasHealth(view)) {
    addHealth(draft, sources);
    created += 1;
  }
  if (!hasGlobalBands(view)) {
    addBands(draft, STARTER_BANDS);
    created += STARTER_BANDS.length;
  }
  for (const starter of STARTER_RISKS) {
    if (idByName(view, 'riskDefinition', starter.values.name) !== undefined) continue;
    addRisk(draft, starter, sources);
    created += 1;
  }
  const people = missingPeople(view);
  for (const add of people) add(draft);
  const playbooks = missingPlaybooks(view);
  for (const { values, steps } of playbooks) {
    const playbook = draft.create('playbook', { ...values, state: 'published' });
    // plain data, as the definition's reader takes it
    draft.create('playbookVersion', { playbook, version: 1, definition: steps as unknown as Json, state: 'published' });
  }
  return created + people.length + playbooks.length;
}

/** Playbooks of which there is none under this name (PLY-02 to PLY-06). */
function missingPlaybooks(view: ReadView): readonly StarterPlaybook[] {
  const known = new Set([...view.all('playbook')].map(({ name }) => fold(name)));
  return STARTER_PLAYBOOKS.filter(({ values }) => !known.has(fold(values.name)));
}

/** What is to be added of responsibilities and texts to answer with. */
function missingPeople(view: ReadView): readonly ((draft: Draft) => void)[] {
  const responsibilities = new Set([...view.all('responsibility')].map(({ name }) => fold(name)));
  const responses = new Set([...view.all('responseTemplate')].map(({ name }) => fold(name)));
  return [
    ...STARTER_RESPONSIBILITIES.filter(({ name }) => !responsibilities.has(fold(name))).map((values) => (draft: Draft) => {
      draft.create('responsibility', values);
    }),
    ...STARTER_RESPONSES.filter(({ name }) => !responses.has(fold(name))).map((values) => (draft: Draft) => {
      draft.create('responseTemplate', values);
    }),
  ];
}

function idByName(view: ReadView, table: 'dataSource' | 'healthDefinition' | 'riskDefinition', name: string): string | undefined {
  const wanted = fold(name);
  for (const row of view.all(table)) if (row.state !== 'retired' && fold(row.name) === wanted) return row.id;
  return undefined;
}

/** A definition for all engagements is there already: there can be but one (BR-35). */
const hasHealth = (view: ReadView): boolean =>
  [...view.all('healthDefinition')].some(({ global, state }) => global === true && state !== 'retired') ||
  idByName(view, 'healthDefinition', STARTER_HEALTH.name) !== undefined;
const hasGlobalBands = (view: ReadView): boolean => [...view.all('colourBand')].some(({ type }) => type === 'global');

/** An import made the source after the starter's pattern, and nobody has given it bands. */
function isBare(view: ReadView, id: string, { values }: StarterSource): boolean {
  const source = view.get('dataSource', id);
  const fits = source?.kind === values.kind && source?.unit === values.unit && source?.breakdown === values.breakdown;
  return fits && view.by('colourBand', 'source', id).length === 0;
}

function addSource(draft: Draft, { name, values, indicator, mapper, bands }: StarterSource, asOf: string): string {
  const source = draft.create('dataSource', { name, ...values, ...(indicator && { indicator }), state: 'published' });
  draft.create('dataSourceContext', { source, context: 'engagement', mapper });
  if (indicator) draft.setSystemFields('dataSource', source, { lastRun: asOf, nextRun: nextRunAfter(asOf, values.frequency ?? 'weekly') });
  addBands(draft, bands, source);
  return source;
}

function addBands(draft: Draft, bands: readonly StarterBand[], source?: string): void {
  for (const band of bands)
    draft.create('colourBand', source === undefined ? { ...band, type: 'global' } : { ...band, type: 'metric', source });
}

function addHealth(draft: Draft, sources: ReadonlyMap<string, string>): void {
  const definition = draft.create('healthDefinition', { ...STARTER_HEALTH, state: 'published' });
  for (const { name, metric } of STARTER_SOURCES) {
    const source = sources.get(name);
    if (metric && source !== undefined) draft.create('healthMetric', { definition, source, ...metric });
  }
}

function addRisk(draft: Draft, { values, source: name, template, overrides }: StarterRisk, sources: ReadonlyMap<string, string>): void {
  const source = name === undefined ? undefined : sources.get(name);
  const definition = draft.create('riskDefinition', { ...values, ...(source !== undefined && { source }), template, state: 'published' });
  for (const override of overrides) draft.create('thresholdOverride', { definition, ...override, state: 'published' });
}
