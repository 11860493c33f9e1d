/** What an activity stream can be narrowed to. One change set may be of several kinds. */
export const ACTIVITY_KINDS = {
  comments: 'Comments',
  notes: 'Work notes',
  fields: 'Field changes',
  states: 'Created, closed, reopened',
  undos: 'Taken back',
} as const;
export type ActivityKind = keyof typeof ACTIVITY_KINDS;

/** The kinds as a list. */
export const activityKinds = Object.keys(ACTIVITY_KINDS) as readonly ActivityKind[]; // Object.keys loses the literal type
