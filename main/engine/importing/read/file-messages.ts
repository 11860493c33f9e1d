import type { Cells, PlainBlock, ReadSheet } from '#shared/domain/importing/cells.ts';
import type { ErrorShape } from '#shared/errors/app-error.ts';
import type { ReadIncoming } from '../../mail/incoming/read-file.ts';
import type { ExportCell } from '../write/export-columns.ts';

/** Texts of one message: few enough that taking them in is one short slice of the engine's time. */
const VALUES = 8_192;

type SheetHead = Omit<ReadSheet, 'columns' | 'lines'>;

/** What the file worker tells the engine; every message is small, typed arrays are handed over, not copied. */
export type FileMessage =
  | { readonly kind: 'progress'; readonly files: number }
  | { readonly kind: 'sheet'; readonly head: SheetHead; readonly lines: Uint32Array }
  | {
      readonly kind: 'column';
      readonly typed: boolean;
      readonly cells: 'coded' | 'plain';
      readonly rows: number;
      readonly codes: Uint32Array;
    }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'block'; readonly block: PlainBlock }
  | { readonly kind: 'end' }
  | { readonly kind: 'written'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'mail'; readonly read: ReadIncoming }
  | { readonly kind: 'refused'; readonly error: ErrorShape };

/** What the engine asks of it: to read files, to read a mail or a calendar, or to write a workbook that is sent sheet by sheet, a few rows at a time. */
export type FileRequest =
  | { readonly kind: 'read'; readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[] }
  | {
      readonly kind: 'sheet';
      readonly sheet: { readonly name: string; readonly headings: readonly string[]; readonly widths?: readonly number[] };
    }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly ExportCell[])[] }
  | { readonly kind: 'write' }
  | { readonly kind: 'mail'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

type Send = (message: FileMessage, handOver: ArrayBuffer[]) => void;

/** Sends tables in small messages; {@link gatherSheets} puts them together again. */
export function sendSheets(sheets: readonly ReadSheet[], send: Send): void {
  for (const { columns, lines, ...head } of sheets) {
    send({ kind: 'sheet', head, lines }, [bufferOf(lines)]);
    for (const { cells, typed } of columns) {
      const codes = cells.kind === 'coded' ? cells.codes : new Uint32Array(0);
      const rows = cells.kind === 'coded' ? codes.length : cells.rows;
      send({ kind: 'column', typed, cells: cells.kind, rows, codes }, [bufferOf(codes)]);
      if (cells.kind === 'coded')
        for (let from = 0; from < cells.values.length; from += VALUES)
          send({ kind: 'values', values: cells.values.slice(from, from + VALUES) }, []);
      else for (const block of cells.blocks) send({ kind: 'block', block }, [bufferOf(block.ends)]);
    }
  }
  send({ kind: 'end' }, []);
}

function bufferOf(array: Uint32Array): ArrayBuffer {
  return array.buffer as ArrayBuffer; // made by the reader, which shares no memory
}

type GrowingColumn = { readonly typed: boolean; readonly cells: Cells };

/** Takes messages of {@link sendSheets}; `sheets()` is complete once `end` was taken. */
export function gatherSheets(): { readonly take: (message: FileMessage) => void; readonly sheets: () => readonly ReadSheet[] } {
  const sheets: (SheetHead & { lines: Uint32Array; columns: GrowingColumn[] })[] = [];
  const open = (): Cells | undefined => sheets.at(-1)?.columns.at(-1)?.cells;
  return {
    take: (message) => {
      const cells = open();
      if (message.kind === 'sheet') sheets.push({ ...message.head, lines: message.lines, columns: [] });
      else if (message.kind === 'column')
        sheets.at(-1)?.columns.push({
          typed: message.typed,
          cells:
            message.cells === 'coded'
              ? { kind: 'coded', values: [], codes: message.codes }
              : { kind: 'plain', rows: message.rows, blocks: [], repaired: new Map() },
        });
      else if (message.kind === 'values' && cells?.kind === 'coded') for (const value of message.values) cells.values.push(value);
      else if (message.kind === 'block' && cells?.kind === 'plain') (cells.blocks as PlainBlock[]).push(message.block); // made just above
    },
    sheets: () => sheets,
  };
}
