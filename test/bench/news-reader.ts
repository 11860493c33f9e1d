/** The server's news as a device hears them. */
export type NewsReader = {
  /** Resolves with the next newest number that is told from now on. */
  readonly next: () => Promise<number>;
  readonly stop: () => void;
};

/** Listens to a server's news. */
export async function listenNews(url: string, token: string): Promise<NewsReader> {
  const stop = new AbortController();
  const response = await fetch(`${url}/v1/news`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  let told = Promise.withResolvers<number>();
  const read = async (): Promise<void> => {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const head = [...part.matchAll(/"head":(\d+)/g)].at(-1)?.[1];
      if (head === undefined) continue;
      told.resolve(Number(head));
      told = Promise.withResolvers<number>();
    }
  };
  // it ends by being stopped
  void read().catch(() => undefined);
  return { next: () => told.promise, stop: () => stop.abort() };
}
