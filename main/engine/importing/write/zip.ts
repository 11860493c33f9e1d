/** A packed file that is written part by part; nothing is held of a part but its packed bytes. */
export type OpenZip = {
  /** Begins a part; the one before must be closed. */
  readonly part: (name: string) => ZipPart;
  readonly close: () => Uint8Array<ArrayBuffer>;
};
export type ZipPart = { readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>; readonly close: () => Promise<void> };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1980-01-01: the same content gives the same file. */
const DAY = 0x0021;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as packed files have it; `before`: that of what came before these bytes. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

const sizeOf = (pieces: readonly Uint8Array[]) => pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);

type Written = { readonly name: Uint8Array; readonly crc: number; readonly packed: number; readonly unpacked: number; readonly at: number };

/** The fields that a part's own header and its line in the directory share, from `flags` to the length of the name. */
function shared(view: DataView, at: number, { name, crc, packed, unpacked }: Written): void {
  view.setUint16(at, FLAGS, true);
  view.setUint16(at + 2, DEFLATED, true);
  view.setUint16(at + 6, DAY, true);
  view.setUint32(at + 8, crc, true);
  view.setUint32(at + 12, packed, true);
  view.setUint32(at + 16, unpacked, true);
  view.setUint16(at + 20, name.byteLength, true);
}

function headerOf(written: Written): Uint8Array {
  const bytes = new Uint8Array(30 + written.name.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, LOCAL, true);
  view.setUint16(4, VERSION, true);
  shared(view, 6, written);
  bytes.set(written.name, 30);
  return bytes;
}

function lineOf(written: Written): Uint8Array {
  const bytes = new Uint8Array(46 + written.name.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, CENTRAL, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, VERSION, true);
  shared(view, 8, written);
  view.setUint32(42, written.at, true);
  bytes.set(written.name, 46);
  return bytes;
}

function endOf(count: number, size: number, at: number): Uint8Array {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, END, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, at, true);
  return bytes;
}

/** Opens a packed file (ZIP, APPNOTE 6.3) in memory. Parts and file stay below 4 GB, which the caller sees to. */
export function openZip(): OpenZip {
  const pieces: Uint8Array[] = [];
  const parts: Written[] = [];
  return {
    part: (name) => {
      const { readable, writable } = new CompressionStream('deflate-raw');
      const packing = collect(readable);
      const writer = writable.getWriter();
      let crc = 0;
      let unpacked = 0;
      return {
        write: (bytes) => {
          crc = crc32(bytes, crc);
          unpacked += bytes.byteLength;
          return writer.write(bytes);
        },
        close: async () => {
          await writer.close();
          const packed = await packing;
          const written = { name: new TextEncoder().encode(name), crc, packed: sizeOf(packed), unpacked, at: sizeOf(pieces) };
          pieces.push(headerOf(written), ...packed);
          parts.push(written);
        },
      };
    },
    close: () => {
      const lines = parts.map(lineOf);
      const at = sizeOf(pieces);
      const all = [...pieces, ...lines, endOf(lines.length, sizeOf(lines), at)];
      const whole = new Uint8Array(sizeOf(all));
      let from = 0;
      for (const piece of all) {
        whole.set(piece, from);
        from += piece.byteLength;
      }
      return whole;
    },
  };
}
