/** A reference's value that names one record: its ID, for references to several types with the type in front. */
export const RECORD_ID = /^(?:[a-z][A-Za-z0-9]*\/)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
