/** Fields (`table.field`) that were given up. Devices in use may still send them; their names mean nothing else, ever (S14). */
export const RETIRED_FIELDS: readonly string[] = [];
