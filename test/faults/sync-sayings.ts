// What a browser in the middle of faults and its harness say to each other, as JSON over HTTP.
export type SyncSaying = {
  readonly client: string;
  /** Deeds that the engine has answered since the last saying. */
  readonly done: readonly string[];
  readonly signedIn: boolean;
  /** Deeds that wait to be sent; told when it was asked to rest. */
  readonly pending?: number;
  /** Everything that the device has of the played types, by name; told when it was asked to rest. */
  readonly rows?: Readonly<Record<string, string>>;
  /** Labels of the deeds that the person is shown as refused; told with the rows. */
  readonly refused?: readonly string[];
  readonly broke?: string;
};

export type SyncPermit =
  | {
      readonly what: 'sign-in';
      readonly server: string;
      readonly tenant: string;
      readonly login: string;
      readonly password: string;
      readonly code: string;
    }
  /** Do this: the name of a contact to be made. */
  | { readonly what: 'act'; readonly name: string }
  /** Do nothing more; say what is there. */
  | { readonly what: 'rest' };
