import { AppError } from '#shared/errors/app-error.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { ChangeHeader } from '../store/change-set.ts';

/** Why a part of a change cannot be taken back: what has happened to its record since. */
export type Obstacle = {
  readonly what: 'field' | 'record' | 'deleted' | 'exists' | 'depends' | 'values';
  readonly table: TableName;
  readonly id: string;
  /** The record as it is now or was last; its label is made of it. */
  readonly row: AnyRow | undefined;
  readonly field?: string;
  /** The change that stands in the way, where one does. */
  readonly later?: ChangeHeader | undefined;
};

/** What words are made with. */
export type Telling = { readonly view: ReadView; readonly actor: string; readonly timeZone: string };

function nameOf({ table, row }: Obstacle, view: ReadView): string {
  const kind = tableOf(table).label.toLowerCase();
  if (row === undefined) return `a ${kind}`;
  const label = labelOf(table, row, view);
  return row.number === undefined || label === row.number ? `${kind} ${label}` : `${kind} ${label} (${row.number})`;
}

/** ` by Ada Petrova on 3 May 2026 at 10:42 (“Change account”)`; nothing where it is not known who. */
function whoAndWhen(later: ChangeHeader | undefined, { view, actor, timeZone }: Telling): string {
  if (later === undefined) return '';
  const user: AnyRow | undefined = view.get('user', later.actor);
  const who =
    later.actor === actor
      ? 'you'
      : later.actor.startsWith('system:')
        ? 'Satchel'
        : user === undefined
          ? 'someone else'
          : labelOf('user', user, view);
  const at = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(later.at));
  return ` by ${who} on ${at.replace(', ', ' at ')} (“${later.label}”)`;
}

/** An obstacle in words: record, field, who and when. */
export function obstacleWords(obstacle: Obstacle, telling: Telling): string {
  const name = nameOf(obstacle, telling.view);
  const since = whoAndWhen(obstacle.later, telling);
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  switch (obstacle.what) {
    case 'field': {
      const { field = '' } = obstacle;
      return `${tableOf(obstacle.table).fields[field]?.label ?? field} of ${name} was changed since${since}`;
    }
    case 'record':
      return `${capital} was changed since${since}`;
    case 'deleted':
      return `${capital} was deleted since${since}`;
    case 'exists':
      return `${capital} exists again`;
    case 'depends':
      return `${capital} has come to depend on it since`;
    case 'values':
      return `${capital} got other values since${since}`;
  }
}

/** The refusal of an undo (or redo), naming the first obstacle and counting the others. */
export function obstacleError(obstacles: readonly Obstacle[], kind: 'undo' | 'redo', telling: Telling): AppError {
  const [first] = obstacles;
  if (first === undefined) throw new TypeError('no obstacle, no refusal');
  const others = obstacles.length - 1;
  const more = others === 0 ? '' : ` The same holds for ${others} more.`;
  const way = first.what === 'depends' ? 'Delete that first.' : `Take that back first, or ${kind} the rest in “My changes” (Ctrl+Shift+Z).`;
  const label = first.row === undefined ? tableOf(first.table).label : labelOf(first.table, first.row, telling.view);
  return new AppError('conflict', `This cannot be ${kind === 'undo' ? 'undone' : 'done again'}: ${obstacleWords(first, telling)}.${more}`, {
    table: first.table,
    recordId: first.id,
    ...(first.field === undefined ? {} : { field: first.field }),
    blocking: [{ table: first.table, id: first.id, label }],
    wayOut: way,
  });
}
