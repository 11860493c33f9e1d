import type { PushTools } from '../push/push-group.ts';

export type Options = {
  readonly as?: string | undefined;
  readonly name?: string | undefined;
  readonly manager?: string | undefined;
  readonly roles?: string | undefined;
  readonly issuer?: string | undefined;
  readonly client?: string | undefined;
  readonly claim?: string | undefined;
  readonly unknown?: string | undefined;
  readonly passwords?: string | undefined;
};
export type AdminTools = PushTools & {
  /** From the environment, so that it stands in no list of processes; absent: one is made up. */
  readonly password: string | undefined;
  /** Of the organisation's provider, from the environment as well. */
  readonly clientSecret: string | undefined;
  readonly publicUrl: string | undefined;
};
export type Command = {
  readonly words: string;
  readonly does: string;
  readonly takes: number;
  readonly run: (tools: AdminTools, args: readonly string[], options: Options) => Promise<readonly string[]>;
};
