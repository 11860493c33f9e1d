import { Button } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { MentionArea } from '../../ui/mention-area.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { actorName } from './actor-name.ts';
import names from './discussions.module.css';
import { WithMentions } from './with-mentions.tsx';

type Listed = Output<'discussions.list'>;
type Talk = Listed['discussions'][number];
type Refs = Listed['refs'];

function Messages({ messages, refs }: { messages: Talk['messages']; refs: Refs }) {
  const { reading } = useFormWorld();
  return (
    <ol className={names.messages}>
      {messages.map((message) => (
        <li key={message.id}>
          <div className={names.by}>
            <strong>{actorName(message.by, refs)}</strong>
            <time dateTime={message.at}>{formatInstant(message.at, reading.timeZone)}</time>
          </div>
          <p className={names.text}>
            <WithMentions text={message.text} mentions={message.mentions} />
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Answers in a discussion, or ends it with what came of it. */
function Answer({ id }: { id: string }) {
  const place = `message in ${id}`;
  const { draft } = useDraft(place);
  const { lookup } = useFormWorld();
  const write = useCommand('discussions.write');
  const resolve = useCommand('discussions.resolve');
  const { toastSaved } = useUndo();
  const text = plainText(draft.values['text']);
  const failure = write.error ?? resolve.error;
  const done = (words: string, changeSetId: string) => {
    setDraft(place, EMPTY_DRAFT);
    toastSaved(words, changeSetId);
  };
  const send = () => {
    if (text.trim() !== '' && !write.busy) write.run({ id, text: text.trim() }, ({ changeSetId }) => done('Message sent', changeSetId));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={names.answer} onKeyDown={onKeyDown}>
      {failure && <Failure failure={failure} />}
      <MentionArea
        label="Message"
        value={text}
        onChange={(next) => setDraft(place, { ...EMPTY_DRAFT, values: next === '' ? {} : { text: next } })}
        lookup={lookup}
        placeholder="Write a message … @ brings someone in"
        minRows={1}
      />
      <div className={names.foot}>
        <Button
          loading={resolve.busy}
          title="What is written here becomes the outcome, kept as a work note"
          onClick={() => resolve.run({ id, outcome: text.trim() }, ({ changeSetId }) => done('Discussion resolved', changeSetId))}
        >
          {text.trim() === '' ? 'Resolve' : 'Resolve with this outcome'}
        </Button>
        <Button variant="filled" disabled={text.trim() === ''} loading={write.busy} onClick={send} title="Send (Ctrl+Enter)">
          Send
        </Button>
      </div>
    </div>
  );
}

function Resolved({ discussion }: { discussion: Talk }) {
  const { reading } = useFormWorld();
  const { run, busy, error } = useCommand('discussions.reopen');
  const { toastSaved } = useUndo();
  return (
    <div className={names.resolved}>
      {error && <Failure failure={error} />}
      <p>
        <Icon name="check" size={12} /> Resolved{' '}
        {discussion.resolvedAt !== undefined && formatInstant(discussion.resolvedAt, reading.timeZone)}
        {discussion.outcome !== undefined && `: ${discussion.outcome}`}
      </p>
      <Button
        size="compact-xs"
        loading={busy}
        onClick={() => run({ id: discussion.id }, ({ changeSetId }) => toastSaved('Discussion taken up again', changeSetId))}
      >
        Take up again
      </Button>
    </div>
  );
}

type Props = { readonly discussion: Talk; readonly refs: Refs; readonly openFirst: boolean };

/** One conversation; folded when it is resolved. */
export function Discussion({ discussion, refs, openFirst }: Props) {
  const id = useId();
  const [isOpen, setOpen] = useState(openFirst);
  const { subject, number, participants, messages, resolved } = discussion;
  return (
    <section className={names.discussion} aria-labelledby={`${id}-title`} data-resolved={resolved || undefined}>
      <button type="button" className={names.head} aria-expanded={isOpen} aria-controls={`${id}-body`} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={13} />
        <span className={names.headText}>
          <span id={`${id}-title`} className={names.subject}>
            {subject}
          </span>
          <span className={names.meta}>
            {[number, resolved ? 'resolved' : 'open', plural(messages.length, 'message')].filter((part) => part !== undefined).join(' · ')}
          </span>
        </span>
      </button>
      <div id={`${id}-body`} hidden={!isOpen} className={names.body}>
        <p className={names.meta}>
          With {participants.length === 0 ? 'nobody yet' : participants.map((one) => actorName(one, refs)).join(', ')}
        </p>
        <Messages messages={messages} refs={refs} />
        {resolved ? <Resolved discussion={discussion} /> : <Answer id={discussion.id} />}
      </div>
    </section>
  );
}
