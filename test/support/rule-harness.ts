import { allRules, runRules } from '#shared/domain/rules/index.ts';
import type { Action, Change, FieldsToSet } from '#shared/domain/rules/rule.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { SETTING_DEFAULTS } from '#shared/model/settings.ts';
import { validateNew } from '#shared/domain/validate/validate.ts';
import { memoryView, testRow, type MemoryView } from './memory-view.ts';

export const today = '2025-06-15';

/** A command of a test: records are put, changed and removed, then all rules run over it, as the store does. */
export type TestCommand = {
  readonly create: (table: TableName, id: string, values: FieldsToSet) => void;
  readonly update: (table: TableName, id: string, set: FieldsToSet, action?: Action) => void;
  readonly remove: (table: TableName, id: string) => void;
};
export type RuleWorld = {
  readonly view: MemoryView;
  /** Runs a command; where it is refused, everything is as before. Answers the IDs of records that rules changed. */
  readonly run: (work: (command: TestCommand) => void, asOf?: string) => readonly string[];
  /** The refusal of a command; throws where there was none. */
  readonly refused: (work: (command: TestCommand) => void, asOf?: string) => AppError;
  readonly row: <T extends TableName>(table: T, id: string) => Row<T>;
};

function withFields(row: AnyRow, set: FieldsToSet): AnyRow {
  return Object.fromEntries(Object.entries({ ...row, ...set }).filter(([, value]) => value !== null && value !== undefined)) as AnyRow; // a row with fields set
}

type TestSettings = { readonly onboardingMandatory?: boolean; readonly currency?: string; readonly meetingSeriesDays?: number };

/** An empty world with all business rules. */
export function ruleWorld(settings: TestSettings = {}): RuleWorld {
  const view = memoryView();
  const attempt = (work: (command: TestCommand) => void, asOf: string, undo: (() => void)[]): readonly string[] => {
    const changes = new Map<string, Change>();
    const set = (table: TableName, id: string, action: Action, after: AnyRow | undefined): Change => {
      const before: AnyRow | undefined = view.get(table, id);
      undo.push(() => (before ? view.put(table, before as Row) : view.remove(table, id)));
      if (after) view.put(table, after as Row);
      else view.remove(table, id);
      const known = changes.get(`${table} ${id}`);
      const change = { table, id, action: known?.action ?? action, before: known ? known.before : before, after } as Change;
      changes.set(`${table} ${id}`, change);
      return change;
    };
    const command: TestCommand = {
      create: (table, id, values) =>
        set(table, id, 'create', testRow(table, id, validateNew(table, values as never, view, { system: true }))),
      update: (table, id, fields, action = 'update') => set(table, id, action, withFields(view.get(table, id) as AnyRow, fields)),
      remove: (table, id) => set(table, id, 'delete', undefined),
    };
    work(command);
    const touched: string[] = [];
    runRules(allRules, {
      context: {
        view,
        asOf,
        settings: { ...SETTING_DEFAULTS, ...settings },
      },
      changes: [...changes.values()],
      parts: 'all',
      apply: (effect) => {
        touched.push(effect.id);
        return set(effect.table, effect.id, 'update', withFields(view.get(effect.table, effect.id) as AnyRow, effect.set));
      },
    });
    return touched;
  };
  const run: RuleWorld['run'] = (work, asOf = today) => {
    const undo: (() => void)[] = [];
    try {
      return attempt(work, asOf, undo);
    } catch (thrown) {
      for (const back of undo.toReversed()) back();
      throw thrown;
    }
  };
  return {
    view,
    run,
    refused: (work, asOf) => {
      try {
        run(work, asOf);
      } catch (thrown) {
        if (thrown instanceof AppError) return thrown;
        throw thrown;
      }
      throw new Error('nothing was refused');
    },
    row: (table, id) => {
      const row = view.get(table, id);
      if (!row) throw new Error(`there is no ${table} ${id}`);
      return row;
    },
  };
}

/**
 * A small portfolio: accounts a1 (above a2) and a3, engagement e1 of a1, contracts c1 and c2 of a1 and c3 of a3, product p1, sold
 * product s1 of a1, contact k1 of a1, users u1 and u2.
 */
export function portfolioWorld(settings: TestSettings = {}): RuleWorld {
  const world = ruleWorld(settings);
  world.run(({ create }) => {
    create('user', 'u1', { name: 'Kim' });
    create('user', 'u2', { name: 'Lee', manager: 'u1' });
    create('account', 'a1', { name: 'Acme' });
    create('account', 'a2', { name: 'Acme Labs', parent: 'a1' });
    create('account', 'a3', { name: 'Zeta' });
    create('contact', 'k1', { name: 'Ann', account: 'a1' });
    create('product', 'p1', { name: 'GTX Pro' });
    create('contract', 'c1', { name: 'Gold', account: 'a1', startDate: '2024-01-01', renewalDate: '2025-12-01', endDate: '2025-12-31' });
    create('contract', 'c2', { name: 'Silver', account: 'a1', startDate: '2024-01-01', endDate: '2025-09-30' });
    create('contract', 'c3', { name: 'Foreign', account: 'a3' });
    create('soldProduct', 's1', { account: 'a1', product: 'p1' });
    if (settings.onboardingMandatory !== true) create('engagement', 'e1', { title: 'Care', account: 'a1' });
  });
  return world;
}
