import type { z } from 'zod';
import type { OrganisationSignIns } from '../auth/organisation-sign-in.ts';
import type { Session } from '../auth/sign-in.ts';
import type { Push } from '../push/push.ts';
import type { Storage } from '../storage/storage.ts';
import type { Metrics } from './metrics.ts';
import type { News } from './news.ts';
import type { OwnPage } from './sign-in-pages.ts';

export type ServerTools = OrganisationSignIns & {
  readonly storage: Storage;
  readonly push: Push;
  readonly newId: () => string;
  readonly metrics: Metrics;
  readonly news: News;
  readonly metricsToken: string | undefined;
};

/** What a handler is given: what was sent, checked, and who sent it. */
export type Request<B> = {
  readonly tools: ServerTools;
  readonly body: B;
  readonly address: string;
  readonly bearer: string | undefined;
  /** The cookies that a browser sent; only pages look at them. */
  readonly cookie: string | undefined;
};
export type Text = { readonly text: string };
/** Bytes as they are. */
export type Bytes = { readonly bytes: Uint8Array };
/** A page of the server's own, for a person's browser. */
export type Page = { readonly page: OwnPage };

type Kind =
  /** Anyone, for load balancers. */
  | 'open'
  /** Anyone, but few times: passwords and tokens are tried here. */
  | 'sign-in'
  /** Anyone's browser, at most a few times as often: what it brings cannot be guessed. */
  | 'page'
  /** Whoever has the metrics token, where there is one. */
  | 'operations'
  /** A device with an access token. */
  | 'device'
  /** As a device; the answer is a stream that stays open. */
  | 'stream';

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly kind: Kind;
  /** What may be sent: a body, a query, parts of the path; anything else is refused. */
  readonly takes: z.ZodType;
  readonly answer: (request: Request<never>, session: Session) => Promise<object | Text | Bytes | Page>;
};

/** A route whose body is read by its schema before the handler is called. */
export function route<B>(
  method: Route['method'],
  path: string,
  kind: Kind,
  takes: z.ZodType<B>,
  answer: (request: Request<B>, session: Session) => Promise<object | Text | Bytes | Page>,
): Route {
  return { method, path, kind, takes, answer };
}
