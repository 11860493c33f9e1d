/** What is smaller goes as it is. */
const PACK_FROM = 2_048;

/** A body packed with gzip; undefined where that is not worth it. */
export async function packed(text: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (text.length < PACK_FROM) return undefined;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
