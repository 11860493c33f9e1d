import type { TableName } from '#shared/model/dictionary.ts';

/** A record as it is named beside another one. */
export type Reference = { readonly table: TableName; readonly id: string; readonly label: string; readonly number?: string | undefined };
/** Choices for a reference as a person types; the screen asks the engine. */
export type Lookup = (table: TableName, text: string) => Promise<readonly Reference[]>;
