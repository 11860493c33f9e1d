import type { EngineContext } from '../context.ts';
import type { FiguresState } from './figures-state.ts';

const NAME = 'health';
/** Grows when scores would come out otherwise for the same records. */
const FORMAT = 1;

type Plain = {
  readonly format: number;
  readonly asOf: string;
  readonly days: number;
  readonly ids: readonly string[];
  /** Per engagement the definition that scores it, as its place in `definitions`; −1: none. */
  readonly definitions: readonly string[];
  readonly places: readonly number[];
  readonly coverages: readonly number[];
};

/** Keeps the health of all engagements as it stands after commit `seq`. */
export async function keepHealth({ computed }: EngineContext, seq: number, { book, grid, plan }: FiguresState): Promise<void> {
  const written = book.all();
  const definitions = plan.definitions.map(({ id }) => id);
  const places = new Map(definitions.map((id, place) => [id, place]));
  const scores = new Float64Array(written.length * grid.days.length);
  for (const [at, one] of written.entries()) scores.set(one.scores, at * grid.days.length);
  const json: Plain = {
    format: FORMAT,
    asOf: grid.asOf,
    days: grid.days.length,
    ids: written.map(({ engagement }) => engagement),
    definitions,
    places: written.map(({ standing }) => places.get(standing?.definition?.id ?? '') ?? -1),
    coverages: written.map(({ standing }) => standing?.coverage ?? 0),
  };
  await computed.write(NAME, seq, { json, binaries: [new Uint8Array(scores.buffer)] });
}

/** Fills the book with what was kept; false where it is of other records, another day or other definitions. */
export async function restoreHealth({ computed, view }: EngineContext, { book, grid, plan }: FiguresState): Promise<boolean> {
  const kept = await computed.read(NAME);
  const plain = kept?.json as Plain | undefined; // its checksum says that it is what keepHealth wrote
  const [bytes] = kept?.binaries ?? [];
  if (plain === undefined || bytes === undefined || plain.format !== FORMAT) return false;
  if (plain.asOf !== grid.asOf || plain.days !== grid.days.length || plain.ids.length !== view.count('engagement')) return false;
  if (plain.definitions.join(' ') !== plan.definitions.map(({ id }) => id).join(' ')) return false;
  const scores = new Float64Array(bytes.slice().buffer);
  for (const [at, engagement] of plain.ids.entries()) {
    const definition = plan.definitions[plain.places[at] ?? -1];
    const own = scores.subarray(at * plain.days, (at + 1) * plain.days);
    book.restore({ engagement, scores: own, standing: { definition, coverage: plain.coverages[at] ?? 0 } });
  }
  return true;
}
