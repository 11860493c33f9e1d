/**
 * Rows of the ledger that tests cite for a part of them, and what is still wanting: as long as a row stands here it does not count as
 * proven. Whoever adds the last part removes the line.
 */
export const WANTING: Readonly<Record<string, string>> = {
  'DCE-01': 'calculated expressions',
  'HLT-08': 'trying out another value of a metric',
  'RSK-06': 'signals made by monitors and integrations',
  'ONB-06': 'checks of one’s own and the playbook activity of the import builder',
  'DSK-03': 'backup and restore from within the application',
  'UX-06': 'the tour',
};
