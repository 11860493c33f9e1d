import { tableOf, type TableName } from '#shared/model/dictionary.ts';

/**
 * Human numbers such as `ENG0001042`. Each device counts in its own block, so that two devices never give the same number
 * while they cannot ask each other: the device that founded the workspace has block 0 (seven digits), every further one a block
 * of its own, written before the seven digits.
 */
export type NumberState = {
  readonly blocks: Readonly<Record<string, number>>;
  /** Last number used by block and record type, `0/engagement`. */
  readonly counters: Readonly<Record<string, number>>;
};

const DIGITS = 7;
const BLOCK_SIZE = 10 ** DIGITS;
const BLOCKS = 9000;

/** A small number out of a text; the same text always gives the same. */
export function hashText(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  return hash >>> 0;
}

/** The state with a block for the device: the known one, 0 for the first device, else one that follows from its ID. */
export function allotBlock(state: NumberState, deviceId: string): NumberState {
  if (state.blocks[deviceId] !== undefined) return state;
  const taken = new Set(Object.values(state.blocks));
  let block = taken.size === 0 ? 0 : 1 + (hashText(deviceId) % BLOCKS);
  while (taken.has(block)) block = (block % BLOCKS) + 1;
  return { ...state, blocks: { ...state.blocks, [deviceId]: block } };
}

/** Gives numbers on top of a state; `state()` is what to keep once they are committed. */
export type Numbering = { readonly next: (table: TableName) => string | undefined; readonly state: () => NumberState };

/** Opens numbering for one command on one device; the device must have a block. */
export function openNumbering(state: NumberState, deviceId: string): Numbering {
  const block = state.blocks[deviceId] ?? 0;
  const used = new Map<string, number>();
  return {
    next: (table) => {
      const { prefix } = tableOf(table);
      if (prefix === undefined) return undefined;
      const key = `${block}/${table}`;
      const number = (used.get(key) ?? state.counters[key] ?? 0) + 1;
      used.set(key, number);
      if (number >= BLOCK_SIZE) throw new RangeError(`block ${key} is used up`);
      return `${prefix}${block === 0 ? '' : block}${String(number).padStart(DIGITS, '0')}`;
    },
    state: () => (used.size === 0 ? state : { ...state, counters: { ...state.counters, ...Object.fromEntries(used) } }),
  };
}
