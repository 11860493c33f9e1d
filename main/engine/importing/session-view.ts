import type { Output } from '#shared/contract/engine-contract.ts';
import { cellAt } from '#shared/domain/importing/cells.ts';
import { STATUS_NAMES, type ImportPlan, type Problem } from '#shared/domain/importing/plan/plan-types.ts';
import { sheetOf, type ImportSession } from './session.ts';

/** A session as the wizard shows it. */
export function shownSession(session: ImportSession): Output<'import.session'> {
  const { plan } = session;
  return {
    sessionId: session.sessionId,
    state: session.state,
    ...(session.profile === undefined ? {} : { profile: session.profile }),
    sheets: session.sheets.map(({ sheetId, sheet, into, also, reason, columns, facts }, index) => ({
      sheetId,
      file: sheet.file,
      ...(sheet.sheet === undefined ? {} : { sheet: sheet.sheet }),
      rows: sheet.lines.length,
      ...(sheet.encoding === undefined ? {} : { encoding: sheet.encoding }),
      ...(sheet.delimiter === undefined ? {} : { delimiter: sheet.delimiter }),
      ...(into === undefined ? {} : { into }),
      also: [...also],
      reason,
      columns: columns.map(({ index: at, field, reason: why, dateOrder }) => {
        const dates = plan?.dateOrders[index]?.get(at);
        const order = dateOrder ?? dates?.order;
        return {
          index: at,
          heading: sheet.headings[at] ?? '',
          ...(field === undefined ? {} : { field }),
          ...(why === undefined ? {} : { reason: why }),
          samples: [...(facts[at]?.samples ?? [])],
          ...(order === undefined ? {} : { dateOrder: order }),
          ...(dates === undefined ? {} : { dateOrders: [...dates.orders] }),
          empty: facts[at]?.empty ?? 0,
        };
      }),
    })),
    questions: (plan?.questions ?? []).map(({ questionId, sheet, column, value, rows, candidates, answer }) => ({
      questionId,
      sheetId: session.sheets[sheet]?.sheetId ?? '',
      column: session.sheets[sheet]?.sheet.headings[column] ?? '',
      value,
      rows,
      candidates: candidates.map((one) => ({ ...one })),
      ...(answer === undefined ? {} : { answer }),
    })),
    counts: (plan?.counts ?? []).map((count) => ({ ...count })),
    problems: { errors: plan?.errors ?? 0, warnings: plan?.warnings ?? 0 },
    engagements: session.engagements,
    engagementCounts: plan?.engagementCounts ?? { perAccount: 0, perAccountAndProduct: 0 },
  };
}

const inOrder = new WeakMap<ImportPlan, readonly Problem[]>();

/** The problems of a plan in the order of files and lines; sorted once, since people page through them. */
function sortedProblems(plan: ImportPlan): readonly Problem[] {
  let sorted = inOrder.get(plan);
  if (sorted === undefined) {
    sorted = plan.problems.toSorted((a, b) => a.sheet - b.sheet || a.row - b.row || (a.column ?? -1) - (b.column ?? -1));
    inOrder.set(plan, sorted);
  }
  return sorted;
}

/** A window of the problems, in the order of files and lines. */
export function shownProblems(
  session: ImportSession,
  sheetId: string | undefined,
  offset: number,
  limit: number,
): Output<'import.problems'> {
  const only = sheetId === undefined ? undefined : sheetOf(session, sheetId).index;
  const all = session.plan === undefined ? [] : sortedProblems(session.plan);
  const found = only === undefined ? all : all.filter(({ sheet }) => sheet === only);
  return {
    total: found.length,
    problems: found.slice(offset, offset + limit).map(({ sheet, row, column, severity, message }) => {
      const choice = session.sheets[sheet];
      const cells = column === undefined ? undefined : choice?.sheet.columns[column]?.cells;
      return {
        sheetId: choice?.sheetId ?? '',
        line: choice?.sheet.lines[row] ?? 0,
        ...(column === undefined ? {} : { column: choice?.sheet.headings[column] ?? '' }),
        ...(cells === undefined ? {} : { value: cellAt(cells, row).slice(0, 1000) }),
        severity,
        message,
      };
    }),
  };
}

/** A window of the rows of a sheet with what becomes of each. */
export function shownRows(session: ImportSession, sheetId: string, offset: number, limit: number): Output<'import.preview'> {
  const { choice, index } = sheetOf(session, sheetId);
  const total = choice.sheet.lines.length;
  const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => offset + at);
  const statuses = session.plan?.rows[index];
  return {
    total,
    rows: rows.map((row) => ({
      line: choice.sheet.lines[row] ?? 0,
      status: STATUS_NAMES[statuses?.[row] ?? 0] ?? 'unchanged',
      cells: choice.sheet.columns.map(({ cells }) => cellAt(cells, row).slice(0, 1000)),
    })),
  };
}
