import { tooMuch, unreadable, type Budget } from './limits.ts';

/** A part of a packed file, as its directory describes it. */
export type ZipEntry = {
  readonly name: string;
  readonly packed: number;
  readonly unpacked: number;
  /** Hands over the unpacked bytes piece by piece. Refuses what is larger than announced, or beyond the budget. */
  readonly read: (take: (bytes: Uint8Array) => void) => Promise<void>;
};

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const again = 'Save the workbook again as XLSX and drop the new file.';

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 65_557);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) if (view.getUint32(at, true) === END) return at;
  return -1;
}

/** Count and start of the directory; large archives keep them in a second record. */
function directoryAt(view: DataView, end: number): { count: number; at: number } {
  const count = view.getUint16(end + 10, true);
  const at = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === END64_LOCATOR) {
    const record = Number(view.getBigUint64(end - 12, true));
    if (record + 56 <= view.byteLength && view.getUint32(record, true) === END64)
      return { count: Number(view.getBigUint64(record + 32, true)), at: Number(view.getBigUint64(record + 48, true)) };
  }
  return { count, at };
}

/** The 64-bit sizes of an entry, where its own fields are full. */
function wideSizes(
  view: DataView,
  from: number,
  length: number,
  sizes: { unpacked: number; packed: number; offset: number },
): typeof sizes {
  const wide = { ...sizes };
  for (let at = from; at + 4 <= from + length;) {
    const id = view.getUint16(at, true);
    const size = view.getUint16(at + 2, true);
    if (id === 1) {
      let value = at + 4;
      for (const key of ['unpacked', 'packed', 'offset'] as const) {
        if (wide[key] !== 0xffffffff || value + 8 > at + 4 + size) continue;
        wide[key] = Number(view.getBigUint64(value, true));
        value += 8;
      }
    }
    at += 4 + size;
  }
  return wide;
}

async function inflate(file: string, packed: Uint8Array<ArrayBuffer>, take: (bytes: Uint8Array) => void): Promise<void> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  for (;;) {
    let piece;
    try {
      piece = await reader.read();
    } catch {
      throw unreadable('a part of it is damaged', { file }, again);
    }
    if (piece.done) return;
    try {
      take(piece.value);
    } catch (refusal) {
      await reader.cancel().catch(() => undefined);
      throw refusal;
    }
  }
}

function entryReader(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  budget: Budget,
  entry: { offset: number; packed: number; unpacked: number; method: number },
): ZipEntry['read'] {
  return async (take) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== LOCAL)
      throw unreadable('a part of it is missing', { file }, again);
    const from = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
    const to = from + entry.packed;
    if (to > bytes.length) throw unreadable('it ends too early', { file }, 'Fetch the file again; it was cut off.');
    let out = 0;
    const counted = (piece: Uint8Array) => {
      out += piece.length;
      budget.inflated(file, piece.length);
      budget.time(file);
      if (out > budget.limits.ratioFrom && out > entry.packed * budget.limits.ratio)
        throw tooMuch(`it unpacks to more than ${budget.limits.ratio} times its size`, { file }, again);
      if (out > entry.unpacked) throw unreadable('a part of it is larger than it says', { file }, again);
      take(piece);
    };
    if (entry.method === STORED) counted(bytes.subarray(from, to));
    else await inflate(file, bytes.subarray(from, to), counted);
    if (out !== entry.unpacked) throw unreadable('a part of it is shorter than it says', { file }, again);
  };
}

/**
 * The parts of a packed file (XLSX). Throws AppError `file` for what is no archive, encrypted, cut off or inconsistent, and
 * `limit` beyond the budget; nothing is unpacked before it is asked for.
 */
export function openZip(file: string, bytes: Uint8Array<ArrayBuffer>, budget: Budget): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length < 22 ? -1 : findEnd(view);
  if (end < 0) throw unreadable('it is cut off or no workbook', { file }, 'Fetch the file again, or save the workbook again as XLSX.');
  const directory = directoryAt(view, end);
  if (directory.count > budget.limits.zipEntries) throw tooMuch(`it packs more than ${budget.limits.zipEntries} parts`, { file }, again);

  const entries = new Map<string, ZipEntry>();
  const spans: { from: number; to: number }[] = [];
  let at = directory.at;
  for (let index = 0; index < directory.count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw unreadable('its list of parts is damaged', { file }, again);
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) throw unreadable('its list of parts is damaged', { file }, again);
    const sizes = wideSizes(view, at + 46 + nameLength, extraLength, {
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    const name = new TextDecoder()
      .decode(bytes.subarray(at + 46, at + 46 + nameLength))
      .replaceAll('\\', '/')
      .replace(/^\//, '')
      .toLowerCase();
    at = next;
    if (name.endsWith('/')) continue;
    if ((flags & 1) !== 0) throw unreadable('it is protected with a password', { file }, 'Remove the password and drop the file again.');
    if (method !== STORED && method !== DEFLATED) throw unreadable('it is packed in an unusual way', { file }, again);
    if (entries.has(name)) throw unreadable(`it holds two parts named ${name}`, { file }, again);
    spans.push({ from: sizes.offset, to: sizes.offset + 30 + sizes.packed });
    entries.set(name, {
      name,
      packed: sizes.packed,
      unpacked: sizes.unpacked,
      read: entryReader(file, bytes, budget, { ...sizes, method }),
    });
  }
  spans.sort((a, b) => a.from - b.from);
  if (spans.some(({ from }, index) => index > 0 && from < (spans[index - 1]?.to ?? 0)))
    throw unreadable('its parts overlap', { file }, again);
  return entries;
}
