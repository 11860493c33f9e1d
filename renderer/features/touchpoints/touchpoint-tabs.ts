/** The parts of a touchpoint's page, and the keys that show them. */
export const TOUCHPOINT_TABS = [
  { value: 'meetings', label: 'Meetings', keys: '1' },
  { value: 'emails', label: 'Emails', keys: '2' },
  { value: 'tasks', label: 'Success tasks', keys: '3' },
] as const;
export type TouchpointTab = (typeof TOUCHPOINT_TABS)[number]['value'];

export const isTouchpointTab = (value: unknown): value is TouchpointTab => TOUCHPOINT_TABS.some((tab) => tab.value === value);

/** The touchpoint that a tab belongs to. */
export type TabTouchpoint = { readonly id: string; readonly label: string; readonly hasEnded: boolean };
