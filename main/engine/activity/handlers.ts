import { readNumber } from '#shared/domain/labels/record-number.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableNames, type AnyRow } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { prepare } from '../records/prepare.ts';
import { refOf } from '../records/refs.ts';
import { recordActivity } from './record-activity.ts';
import { customiseTimeline, timeline } from './timeline.ts';

type Names = 'records.activity' | 'records.resolve' | 'timeline.list' | 'timeline.customise' | 'records.prepare';

/** What a number or an ID names. Throws AppError `not-found`. */
function resolve({ view }: EngineContext, name: string) {
  const read = readNumber(name);
  if (read !== undefined) {
    const [row] = view.by(read.table, 'number', read.number) as readonly AnyRow[]; // Row seen generically
    if (row !== undefined) return refOf(read.table, row, view);
  }
  for (const table of tableNames) {
    const row: AnyRow | undefined = view.get(table, name);
    if (row !== undefined) return refOf(table, row, view);
  }
  throw new AppError('not-found', `There is no record “${name}” here.`, { wayOut: 'It was deleted, or the link is of another store.' });
}

/** What happened to a record and with a customer, what a link names, what follows from what is typed. */
export const activityHandlers: Handlers<Names> = {
  'records.activity': (context, input) => recordActivity(context, input),
  'records.resolve': (context, { name }) => resolve(context, name),
  'records.prepare': (context, input) => prepare(context, input),
  'timeline.list': (context, input) => timeline(context, input),
  'timeline.customise': (context, _input, call) => customiseTimeline(context, call),
};
