import { Button, Checkbox, Group, Menu, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { addDays } from '#shared/util/calendar-days.ts';
import { openPlaces } from '#shared/domain/templates/fill-answer.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { changeDraft, setDraft, useDraft } from '../../state/drafts.ts';
import { useNow } from '../../state/use-now.ts';
import { DateField } from '../../ui/date-field.tsx';
import { isInDialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import type { RawValue } from '../../ui/record-form/raw-values.ts';
import { toastDone } from '../../ui/toast.ts';
import { Attachments } from '../common/attachments.tsx';
import { mailValues, readComposeDraft, sendAtOf, whatIsMissing, type Begun } from './compose-draft.ts';
import { PeopleField } from './people-field.tsx';
import names from './mail.module.css';

type Props = {
  /** Under this name what is typed is kept. */
  readonly place: string;
  readonly begun: Begun;
  /** The draft that is gone on with. */
  readonly id?: string;
  /** Where to go once it is sent off; by default to the outbox. */
  readonly after?: string;
};

/** TCH-05: writing a mail. What is typed is kept at every keystroke; a draft with files is a record. */
export function ComposeMail({ place, begun, id, after }: Props) {
  const { draft, keptSince } = useDraft(place);
  const navigate = useNavigate();
  const { toastSaved } = useUndo();
  const queue = useCommand('mails.queue');
  const save = useCommand('mails.save');
  const attach = useCommand('mails.attach');
  const way = useLive('mails.outbox', {}).data?.way;
  const [hasCopies, setHasCopies] = useState(false);
  const status = useWorkspace();
  const now = new Date(useNow(30_000)).toISOString();
  const clock = { timeZone: status?.settings.timeZone ?? 'UTC', today: status?.today ?? now.slice(0, 10), now };
  const mail = readComposeDraft(draft, begun, clock.timeZone);
  const sending = sendAtOf(mail, clock);
  const sendAt = 'at' in sending ? sending.at : undefined;
  const missing = whatIsMissing(mail) ?? ('problem' in sending ? sending.problem : undefined);
  const [asksWhen, setAsksWhen] = useState(false);
  const showsWhen = asksWhen || mail.sendOn !== '';
  const busy = queue.busy || save.busy;
  const open = openPlaces(`${mail.subject}\n${mail.body}`);
  const showsCopies = hasCopies || mail.people.cc.length + mail.people.bcc.length > 0;

  // as it is now: several fields may be typed into before anything is drawn again
  const set = (name: string, value: RawValue) =>
    changeDraft(place, (before) => ({ ...before, values: { ...before.values, [name]: value } }));
  const values = () => ({ ...(id === undefined ? {} : { id }), values: mailValues(mail, begun, id === undefined, sendAt) });
  const send = () => {
    if (missing !== undefined || busy) return;
    queue.run(values(), ({ changeSetId }) => {
      setDraft(place, EMPTY_DRAFT);
      toastSaved(
        sendAt !== undefined
          ? `The mail goes out ${formatInstant(sendAt, clock.timeZone)}`
          : way === 'ready'
            ? 'The mail is on its way'
            : 'The mail waits in the outbox',
        changeSetId,
      );
      void (after === undefined ? navigate({ to: '/mails', search: { view: 'outbox' } }) : navigate({ href: after }));
    });
  };
  const keep = (done: (mailId: string) => void) => {
    const { subject } = mail;
    const given = values();
    // a draft needs a name as every record does
    const named = subject.trim() === '' ? { ...given, values: { ...given.values, subject: 'Without a subject' } } : given;
    save.run(named, ({ id: kept }) => {
      setDraft(place, EMPTY_DRAFT);
      done(kept);
    });
  };
  const toDraft = (mailId: string) => void navigate({ to: '/mails/$id', params: { id: mailId }, replace: true });
  const attachOther = (attachment: string) =>
    id === undefined
      ? keep((mailId) => {
          attach.run({ id: mailId, attachment });
          toDraft(mailId);
        })
      : attach.run({ id, attachment });
  const apply = ({ id: template, subject, body }: Begun['templates'][number]) => {
    const text = mail.body.trim() === '' ? body : `${body}\n\n${mail.body.trimStart()}`;
    changeDraft(place, (before) => ({
      ...before,
      values: { ...before.values, template, body: text, ...(subject === '' ? {} : { subject }) },
    }));
  };
  // who it goes to is known: what is left to do is the text; the first word stands before what is quoted
  const text = useRef<HTMLTextAreaElement>(null);
  const isAddressed = useRef(mail.people.to.length > 0);
  useEffect(() => {
    if (!isAddressed.current || isInDialog()) return;
    text.current?.focus({ preventScroll: true });
    text.current?.setSelectionRange(0, 0);
  }, []);
  useActions(
    useMemo<readonly Action[]>(
      () => [
        {
          id: 'mail-flag',
          label: 'Mark this mail as important, or not',
          group: 'This screen',
          icon: 'bell',
          run: () =>
            changeDraft(place, (before) => ({
              ...before,
              values: { ...before.values, flagged: !readComposeDraft(before, begun).flagged },
            })),
        },
      ],
      [place, begun],
    ),
  );
  return (
    <form
      noValidate
      className={names.form}
      aria-label="Mail"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        send();
      }}
    >
      {[queue.error, save.error, attach.error].map((failure) => failure && <Failure key={failure.message} failure={failure} />)}
      {keptSince !== undefined && <p className={names.quiet}>Kept from before: this has not been sent.</p>}
      {begun.places.length > 1 && (
        <NativeSelect
          label="Belongs to"
          size="xs"
          value={mail.place}
          onChange={(event) => set('place', event.currentTarget.value)}
          data={begun.places.map(({ ref, label }) => ({ value: ref, label }))}
        />
      )}
      <PeopleField label="To" people={begun.people} value={mail.people.to} onChange={(to) => set('to', to)} />
      {showsCopies ? (
        <div className={names.pair}>
          <PeopleField label="Copy" people={begun.people} value={mail.people.cc} onChange={(cc) => set('cc', cc)} />
          <PeopleField label="Blind copy" people={begun.people} value={mail.people.bcc} onChange={(bcc) => set('bcc', bcc)} />
        </div>
      ) : (
        <Group gap="xs">
          <Button variant="subtle" onClick={() => setHasCopies(true)}>
            Add copies
          </Button>
        </Group>
      )}
      <TextInput
        label="Subject"
        size="xs"
        required
        withAsterisk={false}
        maxLength={500}
        value={mail.subject}
        onChange={(event) => set('subject', event.currentTarget.value)}
      />
      <Textarea
        ref={text}
        label="Text"
        autosize
        minRows={10}
        maxRows={26}
        value={mail.body}
        onChange={(event) => set('body', event.currentTarget.value)}
      />
      {open.length > 0 && <p className={names.quiet}>Still to be filled in: {open.map((word) => `{${word}}`).join(', ')}.</p>}
      {showsWhen && (
        <div className={names.pair}>
          <DateField
            label="Send on"
            value={mail.sendOn}
            today={clock.today}
            autoFocus={asksWhen}
            error={'problem' in sending ? sending.problem : undefined}
            onChange={(sendOn) => set('sendOn', sendOn)}
          />
          <TextInput
            label={`At, on the clock of ${clock.timeZone}`}
            size="xs"
            value={mail.sendTime}
            onChange={(event) => set('sendTime', event.currentTarget.value)}
          />
        </div>
      )}
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Menu position="bottom-start" width={300}>
            <Menu.Target>
              <Button leftSection={<Icon name="template" size={14} />}>Template</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {begun.templates.map((template) => (
                <Menu.Item key={template.id} onClick={() => apply(template)}>
                  {template.label}
                </Menu.Item>
              ))}
              <Menu.Item component="a" href="#/records/responseTemplate/new">
                {begun.templates.length === 0 ? 'None yet: write the first one' : 'Write another one'}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {id === undefined && (
            <Button leftSection={<Icon name="attach" size={14} />} loading={save.busy} onClick={() => keep(toDraft)}>
              Attach files
            </Button>
          )}
          {begun.files.length > 0 && (
            <Menu position="bottom-start" width={300}>
              <Menu.Target>
                <Button leftSection={<Icon name="clip" size={14} />}>Attach from {begun.places[0]?.type.toLowerCase()}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {begun.files.map((file) => (
                  <Menu.Item key={file.id} onClick={() => attachOther(file.id)}>
                    {file.name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          <Checkbox label="Important" size="xs" checked={mail.flagged} onChange={(event) => set('flagged', event.currentTarget.checked)} />
        </Group>
        <Group gap="xs">
          <Button
            loading={save.busy}
            onClick={() =>
              keep((mailId) => {
                toastDone('Kept as a draft');
                toDraft(mailId);
              })
            }
          >
            Save draft
          </Button>
          {!showsWhen && (
            <Button
              leftSection={<Icon name="clock" size={14} />}
              onClick={() => {
                setAsksWhen(true);
                set('sendOn', addDays(clock.today, 1));
              }}
            >
              Send later
            </Button>
          )}
          <Button type="submit" variant="filled" loading={queue.busy} disabled={missing !== undefined} title="Send (Ctrl+Enter)">
            {sendAt === undefined ? 'Send' : `Send ${formatInstant(sendAt, clock.timeZone)}`}
          </Button>
        </Group>
      </Group>
      {missing !== undefined && <p className={names.quiet}>{missing}</p>}
      {way !== undefined && way !== 'ready' && (
        <p className={names.quiet}>
          {way === 'none' ? (
            'Here mails leave as files: the outbox offers each for your mail program.'
          ) : (
            <>
              No mail server is set up yet, so the mail will wait. <a href="#/mails/setup">Set one up</a>
            </>
          )}
        </p>
      )}
      {id !== undefined && <Attachments about={{ table: 'email', id }} />}
    </form>
  );
}
