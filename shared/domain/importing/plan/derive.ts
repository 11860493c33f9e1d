import { choiceLabel } from '../../choices.ts';
import { tableOf, type AnyRow, type TableName } from '../../../model/dictionary.ts';
import { addMonths } from '../../../util/calendar-days.ts';
import { choiceWords } from '../choice-words.ts';
import { FILL_INS } from '../recipes.ts';
import { nameWords } from '../recognise.ts';
import { valueAt } from './convert.ts';
import { typeName, type PlanState, type RecordSheet } from './fill-records.ts';
import type { PlannedRecord } from './plan-types.ts';
import { resolveReferences } from './references.ts';

/** A record's value: as planned, else as stored. */
export function valueOf(record: PlannedRecord, field: string): unknown {
  return record.values[field] ?? record.existing?.[field];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A planned or stored record by its ID. */
export function recordOf(state: PlanState, table: TableName, id: string): { readonly values: (field: string) => unknown } | undefined {
  const planned = state.tables(table).byId.get(id);
  if (planned !== undefined) return { values: (field) => valueOf(planned, field) };
  const stored = state.world.view.get(table, id) as AnyRow | undefined; // a row of any table, seen generically
  return stored && { values: (field) => stored[field] };
}

/** What a record is called, planned or stored. */
export function nameOf(state: PlanState, table: TableName, id: string): string | undefined {
  return text(recordOf(state, table, id)?.values(tableOf(table).title[0] ?? 'name'));
}

/**
 * When a contract comes up for renewal where no file says so: at its end, else on the next yearly return of its start after
 * the day. Undefined for a contract without either date.
 */
export function derivedRenewal(start: string | undefined, end: string | undefined, day: string): string | undefined {
  if (end !== undefined) return end;
  if (start === undefined) return undefined;
  const years = Math.max(1, Number(day.slice(0, 4)) - Number(start.slice(0, 4)));
  for (let year = Math.max(1, years - 1); ; year += 1) {
    const date = addMonths(start, 12 * year);
    if (date > day) return date;
  }
}

/** Products and sold products out of the rows of contracts that name a plan. */
export async function planAlso(state: PlanState, { index, choice, records }: RecordSheet): Promise<void> {
  const plan = choice.columns.find(({ field }) => field === 'plan');
  const cells = plan && choice.sheet.columns[plan.index]?.cells;
  if (plan === undefined || cells === undefined || !choice.also.includes('soldProduct')) return;
  const products = state.tables('product');
  const sold = state.tables('soldProduct');
  const found = await resolveReferences(cells, {
    sheet: index,
    column: plan.index,
    heading: 'product',
    isMandatory: false,
    to: products,
    answers: state.answers,
    ask: state.ask,
    skip: state.skip[index],
    turn: state.world.turn,
  });
  const { asOf } = state.world;
  for (const [row, contract] of records.entries()) {
    if (row % 1024 === 1023) await state.world.turn();
    const product = valueAt(found, row);
    if (contract === undefined || contract.row !== row || contract.sheet !== index || typeof product !== 'string') continue;
    const account = valueOf(contract, 'account');
    const key = text(valueOf(contract, 'externalId'));
    if (account === undefined) continue;
    const stored = contract.existing === undefined ? undefined : state.world.view.by('soldProduct', 'contract', contract.id)[0];
    const known = key === undefined ? undefined : sold.planByKey(key);
    const record = known ?? sold.plan(stored, 'also', key);
    record.sheet = index;
    record.row = row;
    const end = text(valueOf(contract, 'endDate'));
    Object.assign(record.values, {
      ...(key === undefined ? {} : { externalId: key }),
      account,
      product,
      contract: contract.id,
      activation: end !== undefined && end <= asOf ? 'deactivated' : 'activated',
      ...taken(contract, { seats: 'licencesSold', monthlyValue: 'monthlyValue', startDate: 'startDate', endDate: 'endDate' }),
    });
  }
}

function taken(from: PlannedRecord, fields: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([own, other]) => (from.values[own] === undefined ? [] : [[other, from.values[own]]])),
  );
}

function fillIn(state: PlanState, record: PlannedRecord): void {
  for (const [field, ways] of Object.entries(FILL_INS[record.table] ?? {})) {
    if (record.values[field] !== undefined) continue;
    const kind = tableOf(record.table).fields[field]?.kind;
    if (kind === 'reference') continue;
    for (const way of ways) {
      const parts = way.map((part) => {
        const value = record.values[part];
        const to = tableOf(record.table).fields[part];
        if (to?.kind === 'reference' && to.to !== undefined && typeof value === 'string') return nameOf(state, to.to as TableName, value); // the dictionary names tables
        return to?.choices !== undefined && typeof value === 'string' ? choiceLabel(state.world.view, to, value) : text(value);
      });
      if (parts.some((part) => part === undefined)) continue;
      record.values[field] = parts
        .join(record.table === 'contact' ? ' ' : ' – ')
        .slice(0, tableOf(record.table).fields[field]?.maxLength ?? 300);
      break;
    }
  }
}

/** The engagements of each account, all or only those that are open. */
export function engagementsByAccount(state: PlanState, which: 'all' | 'open'): ReadonlyMap<string, readonly string[]> {
  const planned = state.tables('engagement');
  const lists = new Map<string, string[]>();
  const add = (id: string, values: (field: string) => unknown) => {
    const account = text(values('account'));
    const isOpen = values('state') !== 'closed' && values('state') !== 'cancelled' && values('stage') !== 'lost';
    if (account === undefined || (which === 'open' && !isOpen)) return;
    const list = lists.get(account);
    if (list === undefined) lists.set(account, [id]);
    else list.push(id);
  };
  for (const row of state.world.view.all('engagement') as Iterable<AnyRow>)
    // seen generically
    if (!planned.byId.has(row.id)) add(row.id, (field) => row[field]);
  for (const record of planned.records) if (!record.held) add(record.id, (field) => valueOf(record, field));
  return lists;
}

/** Touchpoints name their account in most files; the engagement is that of the account where it has just one. */
function placeTouchpoint(state: PlanState, record: PlannedRecord, byAccount: ReadonlyMap<string, readonly string[]>): void {
  const account = text(record.values['account']);
  delete record.values['account'];
  if (record.existing === undefined && record.values['engagement'] === undefined && account !== undefined) {
    const engagements = byAccount.get(account) ?? [];
    const [only] = engagements;
    if (engagements.length === 1 && only !== undefined) record.values['engagement'] = only;
    else if (record.row >= 0) {
      const name = nameOf(state, 'account', account) ?? 'The account';
      const why =
        engagements.length === 0
          ? `${name} has no engagement. Let one be made for each account, or bring the engagements too.`
          : `${name} has ${engagements.length} engagements. Name the engagement.`;
      state.problems.add(
        record.sheet,
        record.row,
        state.sheets[record.sheet]?.columns.find(({ field }) => field === 'account')?.index,
        'error',
        why,
      );
    }
  }
}

/** The channel that the name of a file of touchpoints tells where no column does. */
function channelOf(state: PlanState, sheet: number): string | undefined {
  const choice = state.sheets[sheet];
  if (choice === undefined || choice.columns.some(({ field }) => field === 'channel')) return undefined;
  const words = choiceWords('touchpoint', 'channel');
  for (const word of nameWords(choice.sheet).toReversed()) {
    const channel = words.get(word);
    if (channel !== undefined) return channel;
  }
  return undefined;
}

/** Completes planned touchpoints; call after every engagement is planned, offered ones too. */
export function placeTouchpoints(state: PlanState): void {
  const { records } = state.tables('touchpoint');
  if (records.length === 0) return;
  const byAccount = engagementsByAccount(state, 'open');
  for (const record of records) {
    if (record.existing === undefined) record.values['channel'] ??= channelOf(state, record.sheet);
    if (record.values['channel'] === undefined) delete record.values['channel'];
    placeTouchpoint(state, record, byAccount);
    fillIn(state, record);
  }
}

/** Fields that new records need and files do not have; call after the rows of the table are filled. */
export function completeTable(state: PlanState, table: TableName): void {
  for (const record of state.tables(table).records) {
    if (table === 'opportunity') openClose(record);
    if (record.existing !== undefined || table === 'touchpoint') continue;
    fillIn(state, record);
    if (table === 'contract' && record.values['renewalDate'] === undefined) {
      const date = derivedRenewal(text(record.values['startDate']), text(record.values['endDate']), state.world.asOf);
      if (date !== undefined) record.values['renewalDate'] = date;
    }
  }
}

/** Files have one close date: of an open deal it is the expected one. */
function openClose(record: PlannedRecord): void {
  const stage = valueOf(record, 'stage');
  if (record.values['closedOn'] === undefined || record.values['expectedClose'] !== undefined) return;
  if (stage === 'won' || stage === 'lost') return;
  record.values['expectedClose'] = record.values['closedOn'];
  delete record.values['closedOn'];
}

/** What a mandatory field lacks, in words for a row. */
export function lacking(table: TableName, labels: readonly string[]): string {
  const list = labels.length === 1 ? labels[0] : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
  return `A ${typeName(table)} needs ${list}.`;
}
