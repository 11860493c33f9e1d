// Everything that an engine holds, to compare two of them.
import type { Engine } from '#engine/engine.ts';
import { tableNames, type AnyRow } from '#shared/model/dictionary.ts';

export async function contentOf({ context }: Engine) {
  const rows = Object.fromEntries(tableNames.map((table) => [table, [...(context.view.all(table) as Iterable<AnyRow>)]]));
  const series = [...context.view.all('dataPointSeries')].map(({ id }) => {
    const points = context.series.points(id);
    return [id, [...(points?.start ?? [])], [...(points?.end ?? [])], [...(points?.value ?? [])]];
  });
  const headers = await context.history.headers();
  const history = await Promise.all(headers.map((header) => context.history.read(header.seq)));
  return { rows, series, history, unsent: await context.storage().unsent() };
}
