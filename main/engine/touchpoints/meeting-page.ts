import { AppError } from '#shared/errors/app-error.ts';
import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { QUALITY_MARKS } from '#shared/domain/touchpoints/quality-marks.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { EngineContext } from '../context.ts';
import { refOf, type Ref } from '../portfolio/record-refs.ts';
import type { Meeting } from './series-rows.ts';
import { isOutdated, mailsOf, nowOf, untoldOf } from './tell-guests.ts';

type Page = Output<'meetings.page'>;
type Guest = Page['guests'][number];

/** The meeting of that ID. Throws AppError `not-found`. */
export function meetingById(view: ReadView, id: string): Meeting {
  const meeting = view.get('meeting', id);
  if (meeting) return meeting;
  throw new AppError('not-found', 'This meeting does not exist any more.', { table: 'meeting', recordId: id });
}

/** Who is invited, as references to records of any type, contacts first. */
export function invited({ contacts, users }: Pick<Meeting, 'contacts' | 'users'>): readonly string[] {
  return [...(contacts ?? []).map((id) => refTo('contact', id)), ...(users ?? []).map((id) => refTo('user', id))];
}

function personOf(view: ReadView, ref: string): { readonly person: Ref; readonly role?: string } | undefined {
  const parsed = parseRef(ref);
  const contact = parsed?.table === 'contact' ? view.get('contact', parsed.id) : undefined;
  if (contact) return { person: refOf(view, 'contact', contact), ...(contact.title === undefined ? {} : { role: contact.title }) };
  const user = parsed?.table === 'user' ? view.get('user', parsed.id) : undefined;
  return user && { person: refOf(view, 'user', user) };
}

/** Everyone who was invited, and who came without, with answer and attendance. */
function guestsOf(view: ReadView, meeting: Meeting): Guest[] {
  const known = new Map(view.by('meetingGuest', 'meeting', meeting.id).map((guest) => [guest.person, guest]));
  const asked = new Set(invited(meeting));
  return [...new Set([...asked, ...known.keys()])].flatMap((ref): Guest[] => {
    const found = personOf(view, ref);
    const guest = known.get(ref);
    if (!found) return [];
    return [{ ...found, response: guest?.response ?? 'none', attendance: guest?.attendance ?? 'unknown', invited: asked.has(ref) }];
  });
}

function itemOf(view: ReadView, item: Row<'actionItem'>): Page['items'][number] {
  const { id, subject, dueDate, state = 'open', dropReason } = item;
  const assignedTo = item.assignedTo === undefined ? undefined : view.get('user', item.assignedTo);
  const contact = item.contact === undefined ? undefined : view.get('contact', item.contact);
  const task = item.task === undefined ? undefined : view.get('successTask', item.task);
  return {
    id,
    subject,
    state,
    ...(assignedTo && { assignedTo: refOf(view, 'user', assignedTo) }),
    ...(contact && { contact: refOf(view, 'contact', contact) }),
    ...(task && { task: refOf(view, 'successTask', task) }),
    ...(dueDate === undefined ? {} : { due: dueDate }),
    ...(dropReason === undefined ? {} : { dropReason }),
  };
}

/** The mails that told of a meeting, and whether it is other now than the newest invitation said. */
function toldOf(view: ReadView, meeting: Meeting): Pick<Page, 'mails' | 'outdated'> {
  const mails = mailsOf(view, meeting);
  const shown = new Set<unknown>();
  return {
    mails: mails
      .filter(({ kind }) => kind !== undefined && !shown.has(kind) && shown.add(kind))
      .map((mail) => ({
        mail: refOf(view, 'email', mail),
        kind: mail.kind ?? '',
        state: mail.state ?? 'draft',
        ...(mail.sentAt === undefined ? {} : { at: mail.sentAt }),
      })),
    outdated: isOutdated(view, meeting, mails),
  };
}

/** A meeting's people, quality and action items, and the series that it is of (TCH-02). */
export function meetingPage(context: EngineContext, { meeting: id }: Parsed<'meetings.page'>, actor: string): Page {
  const { view } = context;
  const meeting = meetingById(view, id);
  const [checklist] = view.by('meetingChecklist', 'about', refTo('meeting', id));
  const series = meeting.series === undefined ? undefined : view.get('meetingSeries', meeting.series);
  const { mails, outdated } = toldOf(view, meeting);
  const untold = untoldOf(view, meeting, nowOf(context), actor);
  return {
    guests: guestsOf(view, meeting),
    mails,
    outdated,
    ...(untold === undefined ? {} : { untold }),
    quality: checklist ? QUALITY_MARKS.filter((mark) => checklist[mark] === true) : [],
    unjudged: checklist === undefined,
    items: view
      .by('actionItem', 'meeting', id)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((item) => itemOf(view, item)),
    ...(series && {
      series: {
        id: series.id,
        cadence: series.cadence,
        repeatUntil: series.repeatUntil,
        meetings: view.by('meeting', 'series', series.id).filter(({ state }) => state === 'scheduled').length,
      },
    }),
  };
}
