import type { Condition } from '#shared/model/condition.ts';

export const MAIL_VIEWS = ['outbox', 'drafts', 'received', 'sent', 'important', 'all'] as const;
export type MailView = (typeof MAIL_VIEWS)[number];
export type MailsSearch = { readonly view?: MailView; readonly text?: string };

const isView = (value: unknown): value is MailView => MAIL_VIEWS.some((view) => view === value);

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readMailsSearch({ view, text }: Readonly<Record<string, unknown>>): MailsSearch {
  return {
    ...(isView(view) ? { view } : {}),
    ...(typeof text === 'string' && text !== '' ? { text: text.slice(0, 200) } : {}),
  };
}

/** Where a new mail is begun. */
export type NewMailSearch = {
  readonly touchpoint?: string;
  readonly about?: string;
  readonly contact?: string;
  readonly answers?: string;
  readonly chases?: string;
};

/** Reads an address that anyone may have typed. */
export function readNewMailSearch(search: Readonly<Record<string, unknown>>): NewMailSearch {
  const given = (['touchpoint', 'about', 'contact', 'answers', 'chases'] as const).flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' && value.length <= 130 ? [[name, value]] : [];
  });
  return Object.fromEntries(given) as NewMailSearch; // of these very names
}

/** The address at which a mail is begun. */
export function newMailAddress(search: NewMailSearch): string {
  const parts = Object.entries(search).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `#/mails/new${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

/** A mail's own page. */
export function mailAddress(id: string): string {
  return `#/mails/${encodeURIComponent(id)}`;
}

export const VIEW_LABELS: Readonly<Record<MailView, string>> = {
  outbox: 'Outbox',
  drafts: 'Drafts',
  received: 'Received',
  sent: 'Sent',
  important: 'Important',
  all: 'All',
};

const CONDITIONS: Readonly<Record<MailView, Condition | undefined>> = {
  outbox: { any: ['queued', 'sending', 'uncertain', 'failed'].map((value) => ({ field: 'state', op: 'is', value })) },
  drafts: { field: 'state', op: 'is', value: 'draft' },
  received: { field: 'state', op: 'is', value: 'received' },
  sent: { field: 'state', op: 'is', value: 'sent' },
  important: { field: 'flagged', op: 'is', value: true },
  all: undefined,
};

/** Which mails a view shows. */
export function viewCondition(view: MailView): Condition | undefined {
  return CONDITIONS[view];
}
