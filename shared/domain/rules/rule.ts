import type { AppError } from '../../errors/app-error.ts';
import type { AnyRow, Row, TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';

/** What a command does to one record. `close` and `cancel` and `reopen` are updates that passed through the life cycle. */
export type Change<T extends TableName = TableName> = {
  readonly table: T;
  readonly id: string;
  readonly action: 'create' | 'update' | 'close' | 'cancel' | 'reopen' | 'delete';
  readonly before: Row<T> | undefined;
  /** Absent when the record is deleted. */
  readonly after: Row<T> | undefined;
};

export type RuleContext = {
  /** Records as they will be once the whole command is in. */
  readonly view: ReadView;
  /** The workspace's today, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly settings: { readonly currency: string; readonly timeZone: string; readonly onboardingMandatory: boolean };
};

/** A further change that a rule makes within the same transaction. */
export type Effect = { readonly table: TableName; readonly id: string; readonly set: Readonly<Record<string, unknown>> };

/**
 * A business rule: pure, with its ledger ID. `fill` completes the record before it is checked, `check` refuses,
 * `effects` changes other records of the same command. Engine and server run the same ones on every write path.
 */
export type Rule<T extends TableName = TableName> = {
  readonly id: string;
  readonly table: T;
  readonly on: readonly Change['action'][];
  /** Fields whose change matters for an update; absent: any. */
  readonly fields?: readonly string[];
  readonly fill?: (context: RuleContext, change: Change<T>) => Readonly<Record<string, unknown>> | undefined;
  readonly check?: (context: RuleContext, change: Change<T>) => AppError | undefined;
  readonly effects?: (context: RuleContext, change: Change<T>) => readonly Effect[];
};

/** Declares a rule of one table. */
export function rule<T extends TableName>(
  id: string,
  table: T,
  on: Rule<T>['on'],
  parts: Pick<Rule<T>, 'fields' | 'fill' | 'check' | 'effects'>,
): Rule<T> {
  return { id, table, on, ...parts };
}

export type { AnyRow };
