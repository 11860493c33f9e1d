// A person's browser as far as the server sees one: it keeps cookies and follows nothing by itself.
import type { FastifyInstance } from 'fastify';

export type Browsed = {
  readonly status: number;
  readonly location: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
};
export type TestBrowser = { readonly open: (address: string) => Promise<Browsed>; readonly cookies: Map<string, string> };

/** Opens a browser onto a server in this process. */
export function openTestBrowser(app: Pick<FastifyInstance, 'inject'>): TestBrowser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    open: async (address) => {
      const { pathname, search } = new URL(address);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const { statusCode, headers, body } = await app.inject({
        method: 'GET',
        url: `${pathname}${search}`,
        headers: cookie === '' ? {} : { cookie },
      });
      for (const line of [headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return { status: statusCode, location: headers.location ?? '', body, headers };
    },
  };
}

/** The code that the server's page shows; empty where it shows none. */
export function codeOn({ body }: Browsed): string {
  return /<output[^>]*>([^<]+)<\/output>/.exec(body)?.[1] ?? '';
}
