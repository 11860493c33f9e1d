import type { AppError } from '../../errors/app-error.ts';
import type { Row, TableName } from '../../model/dictionary.ts';
import type { Settings } from '../../model/settings.ts';
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
export type Action = Change['action'];

export type RuleContext = {
  /** Records as they will be once the whole command is in. */
  readonly view: ReadView;
  /** The workspace's today, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** A setting that is not given has its default. */
  readonly settings: Pick<Settings, 'currency' | 'timeZone' | 'onboardingMandatory'> & Partial<Settings>;
};

/** What a rule sees: the records, and what this very command does to any of them. */
export type RunningContext = RuleContext & {
  /** The command's change of a record, undefined where it leaves it alone. */
  readonly changeOf: <T extends TableName>(table: T, id: string) => Change<T> | undefined;
  /** An undo or redo: rules about how a state comes about (steps of publication, choices) do not ask again. */
  readonly puttingBack: boolean;
};

/** Fields that a rule sets; null empties one. */
export type FieldsToSet = Readonly<Record<string, unknown>>;
/** A further change that a rule makes within the same transaction. */
export type Effect = { readonly table: TableName; readonly id: string; readonly set: FieldsToSet };

/**
 * A business rule: pure, with its ledger ID. `fill` completes the record before it is checked (and must change nothing when
 * run again), `check` refuses, `effects` changes other records of the same command. Engine and server run the same ones on
 * every write path. Rules must be cheap for 100,000 records in one command: look up by index, never walk a table per record.
 */
export type Rule<T extends TableName = TableName> = {
  readonly id: string;
  readonly table: T;
  readonly on: readonly Action[];
  /** Fields whose change matters for an update; absent: any. */
  readonly fields?: readonly string[] | undefined;
  readonly fill?: ((context: RunningContext, change: Change<T>) => FieldsToSet | undefined) | undefined;
  readonly check?: ((context: RunningContext, change: Change<T>) => AppError | undefined) | undefined;
  readonly effects?: ((context: RunningContext, change: Change<T>) => readonly Effect[]) | undefined;
  /**
   * Effects that sum up many records in one: `targets` names the records to be worked out again, `values` answers their
   * fields, once for each however many changes named it.
   */
  readonly recompute?: Recompute<T> | undefined;
};

export type Recompute<T extends TableName> = {
  readonly table: TableName;
  readonly targets: (context: RunningContext, change: Change<T>) => readonly string[];
  readonly values: (context: RunningContext, id: string) => FieldsToSet | undefined;
};

/**
 * What `runRules` is given at the end of a command. It runs `fill` and `effects` of every change (and of the changes they make,
 * with a bound), then `check` on the final state; it throws the first refusal as AppError.
 */
export type RuleRun = {
  readonly context: RuleContext;
  /** One change per record, in the order in which the command first touched it. */
  readonly changes: readonly Change[];
  /**
   * Sets fields of a record within the command (undefined or null empties) and answers the record's change as it is then;
   * undefined where nothing became different. `context.view` shows it at once.
   */
  readonly apply: (effect: Effect) => Change | undefined;
  readonly puttingBack?: boolean;
  /** `checks`: an undo puts recorded values back and only asks whether they are still allowed. */
  readonly parts: 'all' | 'checks';
};
export type RunRules = (rules: readonly AnyRule[], run: RuleRun) => void;

/** Values made fit to be stored (empties dropped, texts trimmed), or an AppError `validation` that names the field. `shared/domain/validate`. */
export type ValidateValues = (
  table: TableName,
  values: Readonly<Record<string, unknown>>,
  /** `system`: rules and jobs may set fields that people cannot. */
  by: 'person' | 'system',
) => Readonly<Record<string, unknown>>;
/** As `ValidateValues` for a change: null empties a field, a journal field takes the text to append. Absence of mandatory fields is `runRules`' BR-01. */
export type ValidatePatch = ValidateValues;

/** A rule of any table. */
export type AnyRule = { readonly [T in TableName]: Rule<T> }[TableName];

/** Declares a rule of one table. */
export function rule<T extends TableName>(
  id: string,
  table: T,
  on: readonly Action[],
  parts: Pick<Rule<T>, 'fields' | 'fill' | 'check' | 'effects' | 'recompute'>,
): Rule<T> {
  return { id, table, on, ...parts };
}

/** Every action that leaves a record behind. */
export const SAVED: readonly Action[] = ['create', 'update', 'close', 'cancel', 'reopen'];
export const ANY_ACTION: readonly Action[] = [...SAVED, 'delete'];
