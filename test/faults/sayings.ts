// What the killed page and its harness say to each other, as JSON over HTTP.
export type Saying =
  /** The store is open: its last change set, and what is wrong with it. */
  | { readonly kind: 'opened'; readonly seq: number; readonly faults: readonly string[] }
  /** May I run commands from this one on? */
  | { readonly kind: 'asks'; readonly from: number }
  /** The engine has answered this command. */
  | { readonly kind: 'done'; readonly n: number }
  | { readonly kind: 'compared'; readonly faults: readonly string[] }
  | { readonly kind: 'broke'; readonly why: string };

/** Run up to this command; `last`: only compare, and run none. */
export type Permit = { readonly upTo: number; readonly last: boolean };
