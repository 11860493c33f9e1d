import { useState } from 'react';
import { create } from 'zustand';
import { EMPTY_DRAFT, hasValues, type FormDraft } from '../ui/record-form/form-draft.ts';
import { draftKeyOf, parseDraft, readDurable, readQuick, writeDurable, writeQuick } from './draft-storage.ts';

type Drafts = { readonly drafts: Readonly<Record<string, FormDraft>> };

const quick = readQuick();

/**
 * What has been typed and not saved, by record. Kept on the device at every keystroke, so that neither Back nor a reload nor
 * a crash loses it; gone once it is saved or discarded.
 */
const useDrafts = create<Drafts>()(() => ({
  drafts: Object.fromEntries(quick.filter(({ draft }) => hasValues(draft)).map(({ key, draft }) => [key, draft])),
}));

// a kill of the whole browser loses the last seconds of its own storage, but not what the disk has confirmed
void readDurable().then((durable) => {
  const known = new Map(quick.map(({ key, draft }) => [key, draft]));
  for (const { key, draft } of durable) {
    const before = useDrafts.getState().drafts[key] ?? known.get(key);
    if ((draft.savedAt ?? '') > (before?.savedAt ?? '')) put(key, draft);
  }
});

// another window of the same browser types into the same record
globalThis.addEventListener('storage', ({ key: name, newValue }) => {
  const key = name === null ? undefined : draftKeyOf(name);
  const draft = parseDraft(newValue);
  if (key !== undefined && draft !== undefined) put(key, draft);
});

function put(key: string, draft: FormDraft): void {
  useDrafts.setState(({ drafts }) => {
    const { [key]: _before, ...others } = drafts;
    return { drafts: hasValues(draft) ? { ...others, [key]: draft } : others };
  });
}

/** Keeps a draft; one without values is gone. */
export function setDraft(key: string, draft: FormDraft): void {
  const stamped = { ...draft, savedAt: new Date().toISOString() };
  put(key, stamped);
  writeQuick(key, stamped);
  writeDurable(key, stamped);
}

/** Changes a draft as it is now: several fields may be typed into before anything is drawn again. */
export function changeDraft(key: string, change: (draft: FormDraft) => FormDraft): void {
  setDraft(key, change(useDrafts.getState().drafts[key] ?? EMPTY_DRAFT));
}

type Draft = {
  readonly draft: FormDraft;
  readonly onDraft: (draft: FormDraft) => void;
  /** When it was typed, where that was before this screen was opened. */
  readonly keptSince: string | undefined;
};

/** One record's draft and how to change it. */
export function useDraft(key: string): Draft {
  const draft = useDrafts((state) => state.drafts[key]) ?? EMPTY_DRAFT;
  const [openedAt] = useState(() => new Date().toISOString());
  const { savedAt } = draft;
  return { draft, onDraft: (next) => setDraft(key, next), keptSince: savedAt !== undefined && savedAt < openedAt ? savedAt : undefined };
}
