import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { formatNumber, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import names from './importing.module.css';
import type { Session } from './session-words.ts';

type Props = {
  readonly session: Session;
  readonly busy: boolean;
  /** The last answer was refused: what the engine has is shown again. */
  readonly refused: boolean;
  readonly onAnswer: (questionId: string, answer: string) => void;
};

/** Values that resemble a record but are not it: asked, never guessed. */
export function Questions({ session, busy, refused, onAnswer }: Props) {
  // what was chosen is shown at once; the engine's answer, with the rows settled by it, follows
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const choose = (questionId: string, answer: string) => {
    setChosen((before) => new Map(before).set(questionId, answer));
    onAnswer(questionId, answer);
  };
  const open = session.questions.filter((question) => question.answer === undefined).length;
  return (
    <Section title="Please decide" note={open === 0 ? 'All decided' : plural(open, 'open question')}>
      <div className={names.questions}>
        {session.questions.map((question) => (
          <Radio.Group
            key={question.questionId}
            value={(refused ? undefined : chosen.get(question.questionId)) ?? question.answer ?? ''}
            onChange={(answer) => choose(question.questionId, answer)}
            label={
              <>
                “{question.value}” in column {question.column} ({plural(question.rows, 'row')}) is not a known record. Did you mean:
              </>
            }
          >
            <Stack gap={10} mt={6}>
              {question.candidates.map((candidate) => (
                <Radio
                  key={candidate.key}
                  size="xs"
                  disabled={busy}
                  value={candidate.key}
                  label={`${candidate.label} (${formatNumber(candidate.similarity * 100, 0)} % alike)`}
                />
              ))}
              <Radio size="xs" disabled={busy} value="new" label={`None of them: make a new record named “${question.value}”`} />
              <Radio size="xs" disabled={busy} value="hold" label="Hold these rows back" />
            </Stack>
          </Radio.Group>
        ))}
      </div>
    </Section>
  );
}
