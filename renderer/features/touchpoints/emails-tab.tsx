import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Condition } from '#shared/model/condition.ts';
import { Section } from '../../ui/section.tsx';
import { MailList } from '../mail/mail-list.tsx';
import type { TabTouchpoint } from './touchpoint-tabs.ts';
import names from './touchpoints.module.css';

/** TCH-01: a touchpoint's mails, the newest first, to be searched and narrowed to the important ones. */
export function EmailsTab({ touchpoint: { id, hasEnded } }: { touchpoint: TabTouchpoint }) {
  const [text, setText] = useState('');
  const [flagged, setFlagged] = useState(false);
  const here: Condition = { field: 'touchpoint', op: 'is', value: id };
  return (
    <Section title="Emails" level={3}>
      <div className={names.tools}>
        <TextInput
          size="xs"
          aria-label="Search these emails"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox size="xs" label="Important" checked={flagged} onChange={(event) => setFlagged(event.currentTarget.checked)} />
      </div>
      <MailList
        condition={flagged ? { all: [here, { field: 'flagged', op: 'is', value: true }] } : here}
        text={text}
        empty={hasEnded ? 'No emails, and the touchpoint has ended' : 'No emails yet'}
      />
    </Section>
  );
}
