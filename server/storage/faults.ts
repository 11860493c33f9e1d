const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '');

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (limits): the same again would fail again. */
export function isDataFault(thrown: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(thrown));
}

/** Connection faults (class 08), shutdown (57P), too many connections (53), serialisation and deadlock (40): worth another try. */
export function isOutage(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return /^(08|53|57P|40)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code);
}
