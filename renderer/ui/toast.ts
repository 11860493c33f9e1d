import { create } from 'zustand';
import type { FailureLike } from './failure.tsx';

export type Toast = {
  readonly id: string;
  readonly kind: 'done' | 'failed';
  readonly message: string;
  readonly undo?: (() => void) | undefined;
  readonly more?: More | undefined;
};

/** What else could be done now, such as telling those whom it concerns. */
export type More = { readonly label: string; readonly run: () => void };

type Toasts = { readonly toasts: readonly Toast[] };

const MOST = 4;

/** The messages on screen; drawn by `Toaster`. */
export const useToasts = create<Toasts>()(() => ({ toasts: [] }));

export function dismissToast(id: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

function show(toast: Omit<Toast, 'id'>): void {
  const added = { ...toast, id: crypto.randomUUID() };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-MOST) }));
}

/** Says that something was done, with the way back where there is one. Ctrl+Z does the same as the button. */
export function toastDone(message: string, undo?: () => void, more?: More): void {
  show({ kind: 'done', message, undo, more });
}

/** Says what went wrong and the way out; stays until it is closed. */
export function toastFailure(failure: FailureLike): void {
  show({
    kind: 'failed',
    message: [failure.message, failure.details?.wayOut].filter((part) => part !== undefined && part !== '').join(' '),
  });
}
