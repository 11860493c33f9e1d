// The part of the provider that our test uses; it brings no types of its own.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  type Configuration = Readonly<Record<string, unknown>>;
  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): RequestListener;
  }
}
