/**
 * How far a device has read (S8, S9, S13). Rows and membership have a mark each: a scope that is granted is filled from
 * its current rows, whatever their age, while changes go on from `rows`.
 */
export type Cursor = {
  /** The server's restore epoch that the numbers belong to. */
  readonly epoch: string;
  /** Changes up to this number are in. */
  readonly rows: number;
  /** Grants and revocations up to this number are in. */
  readonly members: number;
  /** Of a customer: the numbers are their own, of what they see. */
  readonly customer?: true | undefined;
  /** A fill under way: grants up to `to` are being filled; `rank`, `scope`, `table`, `id` name the last row that came. */
  readonly fill?: Fill | undefined;
};
export type Fill = { readonly to: number; readonly rank: number; readonly scope: string; readonly table: string; readonly id: string };

const SEPARATOR = ',';
/** Stands in place of a fill. */
const CUSTOMER = 'c';

/** Writes a cursor as text that a device keeps and sends back as it is. */
export function writeCursor({ epoch, rows, members, customer, fill }: Cursor): string {
  const parts: (string | number)[] = [epoch, rows, members];
  if (customer === true) parts.push(CUSTOMER);
  else if (fill) parts.push(fill.to, fill.rank, fill.scope, fill.table, fill.id);
  return parts.map((part) => encodeURIComponent(part)).join(SEPARATOR);
}

/** Reads a cursor; undefined where the text is none. */
export function readCursor(text: string): Cursor | undefined {
  let parts: string[];
  try {
    parts = text.split(SEPARATOR).map((part) => decodeURIComponent(part));
  } catch {
    return undefined;
  }
  const [epoch = '', rows = '', members = '', to, rank, scope, table, id] = parts;
  if (epoch === '' || !isCount(rows) || !isCount(members)) return undefined;
  const marks = { epoch, rows: Number(rows), members: Number(members) };
  if (parts.length === 3) return marks;
  if (parts.length === 4 && to === CUSTOMER) return { ...marks, customer: true };
  if (parts.length !== 8 || to === undefined || rank === undefined || !isCount(to) || !isCount(rank)) return undefined;
  if (scope === undefined || table === undefined || id === undefined) return undefined;
  return { ...marks, fill: { to: Number(to), rank: Number(rank), scope, table, id } };
}

const isCount = (text: string): boolean => /^\d{1,15}$/.test(text);

/** What a server makes of a device's cursor. */
export type CursorState =
  | 'ok'
  /** The server was put back to an earlier time: the device sends again what was lost and loads anew (S13). */
  | 'restored'
  /** Deletions that the device never saw are forgotten by now: it loads anew and keeps its queue (S10). */
  | 'too-old';

/** Judges a cursor against the server's epoch, newest number, and the newest deletion that was purged. */
export function judgeCursor(
  cursor: Cursor,
  server: { readonly epoch: string; readonly head: number; readonly purged: number },
): CursorState {
  if (cursor.epoch !== server.epoch || cursor.rows > server.head || cursor.members > server.head) return 'restored';
  return cursor.rows < server.purged ? 'too-old' : 'ok';
}
