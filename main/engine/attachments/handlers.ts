import { AppError } from '#shared/errors/app-error.ts';
import { harmlessName, mayBeImage, mayOpen } from '#shared/domain/attachments/file-names.ts';
import { labelOfId } from '#shared/domain/labels/record-label.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type Row } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';
import { bytesMissing } from '../bytes/byte-errors.ts';
import type { Host } from '../host/host.ts';
import { bringAttachment } from '../sync/share-attachments.ts';
import { createUploads, uploadGone, type Uploads } from './uploads.ts';

type Names =
  | 'attachments.begin'
  | 'attachments.part'
  | 'attachments.finish'
  | 'attachments.abandon'
  | 'attachments.list'
  | 'attachments.read';

const desks = new WeakMap<Host, Uploads>();

/** The files on their way into an engine. */
export function uploadsOf({ host }: EngineContext): Uploads {
  const known = desks.get(host);
  if (known !== undefined) return known;
  const uploads = createUploads(host);
  desks.set(host, uploads);
  return uploads;
}

function needRecord({ view }: EngineContext, about: string): void {
  const ref = parseRef(about);
  const row: AnyRow | undefined = ref && view.get(ref.table, ref.id);
  if (row !== undefined) return;
  const label = ref === undefined ? 'record' : tableOf(ref.table).label.toLowerCase();
  throw new AppError('not-found', `This ${label} does not exist any more, so nothing can be attached to it.`);
}

function shown({ view }: EngineContext, row: Row<'attachment'>) {
  return {
    id: row.id,
    rev: row.rev,
    name: row.name,
    mediaType: row.mediaType ?? '',
    size: row.size ?? 0,
    sha256: row.sha256 ?? '',
    addedAt: row.createdAt,
    addedBy: labelOfId('user', row.createdBy, view),
    visibleToCustomer: row.visibleToCustomer === true,
    opens: mayOpen(row.name),
    picture: mayBeImage(row.name),
  };
}

/** Files on records (REC-33): they come and go in parts; renaming and deleting are changes of records like any other. */
export const attachmentHandlers: Handlers<Names> = {
  'attachments.begin': async (context, facts) => {
    needRecord(context, facts.about);
    return { uploadId: await uploadsOf(context).begin({ ...facts, name: harmlessName(facts.name) }) };
  },
  'attachments.part': async (context, { uploadId, at, bytes }) => ({
    received: await uploadsOf(context).part(uploadId, at, bytes),
  }),
  'attachments.finish': async (context, { uploadId }, { commandId, actor, signal }) => {
    const upload = await uploadsOf(context).keep(uploadId);
    try {
      const { changeSetId, result } = await context.records.run({ commandId, actor, signal, label: 'Attach a file' }, (draft) => {
        // a command that was answered before does not come here
        if (upload === undefined) throw uploadGone();
        const { facts, kept } = upload;
        const id = draft.create('attachment', { about: facts.about, name: facts.name });
        draft.setSystemFields('attachment', id, { mediaType: facts.mediaType, size: kept.size, sha256: kept.sha256 });
        return { id, number: draft.view.get('attachment', id)?.number ?? '' };
      });
      return { changeSetId, ...result };
    } finally {
      upload?.release();
    }
  },
  'attachments.abandon': async (context, { uploadId }) => {
    await uploadsOf(context).abandon(uploadId);
    return {};
  },
  'attachments.list': (context, { about }) => {
    const rows = context.view.by('attachment', 'about', about);
    return { attachments: rows.map((row) => shown(context, row)).toSorted((a, b) => b.addedAt.localeCompare(a.addedAt)) };
  },
  'attachments.read': async (context, { id, from, length }) => {
    const row = context.view.get('attachment', id);
    if (row?.sha256 === undefined) throw bytesMissing();
    const { bytes } = context.host;
    // from another device, and nobody has asked for it here before (S16)
    if ((await bytes.size(row.sha256)) === undefined && !(await bringAttachment(context, row))) throw bytesMissing();
    return { bytes: await bytes.read(row.sha256, from, length) };
  },
};

export const attachmentReads: ReadsOf<Names> = { 'attachments.list': ['attachment', 'user'] };
