import type { Answer, PulledRow } from '#shared/contract/sync-contract.ts';
import type { Points } from '#shared/sync-core/points.ts';

/** A record as the person at a device sees it, with what they have not sent yet. */
export type SeenRow = { readonly table: string; readonly id: string; readonly values: Readonly<Record<string, unknown>> };

/** Something that a person does. */
export type Deed =
  | { readonly action: 'create'; readonly table: string; readonly id: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly action: 'update'; readonly table: string; readonly id: string; readonly patch: Readonly<Record<string, unknown>> }
  | { readonly action: 'note'; readonly table: string; readonly id: string; readonly text: string }
  | { readonly action: 'close'; readonly table: string; readonly id: string; readonly closureCode: string; readonly closeNotes: string }
  | { readonly action: 'points'; readonly table: string; readonly id: string; readonly points: Points }
  | { readonly action: 'attach'; readonly table: string; readonly id: string; readonly text: string }
  | { readonly action: 'deleteAll'; readonly table: string; readonly ids: readonly string[] }
  | { readonly action: 'delete'; readonly table: string; readonly id: string };

/** A device in the simulation, with whatever inside: the simulation asks it to act, to sync, to die. */
export type SimDevice = {
  readonly login: string;
  readonly user: string;
  /** What the person sees of a type, by ID. */
  readonly seen: (table: string) => readonly SeenRow[];
  /** Does a deed; answers whether it is to be sent (the device's own rules may refuse it). */
  readonly act: (deed: Deed) => Promise<boolean>;
  /** Sends and fetches once. Ends, without throwing, where the network fails. `agrees`: the person lets much be deleted, where they are asked (S12). */
  readonly sync: (agrees?: boolean) => Promise<void>;
  /** From now on it is a Satchel of this version of the schema (S14). */
  readonly speak?: (schema: number) => void;
  /** Compares checksums with the server's; answers in how many scopes they differ (S12). */
  readonly compare?: () => Promise<number>;
  /** How often the person was asked about deletions. */
  readonly asked?: () => number;
  /** Records that its search finds by a word. */
  readonly find?: (word: string) => Promise<readonly string[]>;
  /** Digests of the files that lie on it. */
  readonly files?: () => Promise<readonly string[]>;
  /** Dies in the middle of what it does and starts again on what it had written down. */
  readonly crash: () => Promise<void>;
  readonly unsent: () => Promise<number>;
  /** The records that it holds, as the server has confirmed them. */
  readonly held: () => ReadonlyMap<string, PulledRow>;
  /** The server's words on its deeds, by intent. */
  readonly answers: () => ReadonlyMap<string, Answer>;
  /** Intents that were refused and that it shows to the person, each with what of the person's words it shows; undefined where it has no such list. */
  readonly refused?: () => ReadonlyMap<string, string>;
  /** What it noticed to be wrong. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
};
