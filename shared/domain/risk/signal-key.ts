/** What one open signal is for: a source record, an engagement and a category (RSK-04). */
export type Cause = {
  readonly sourceTable: string;
  readonly sourceRecord: string;
  readonly engagement: string;
  readonly category: string;
};

/** A key that tells causes apart. */
export function causeKey(cause: Cause): string {
  return JSON.stringify([cause.sourceTable, cause.sourceRecord, cause.engagement, cause.category]);
}

/** Whether a signal is open: new or active (REC-21). */
export function isOpenSignal(signal: { readonly state?: string | undefined }): boolean {
  return signal.state === 'new' || signal.state === 'active';
}
