import { Button, Group, NativeSelect, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useJob } from '../../data/use-job.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { Section } from '../../ui/section.tsx';
import { Columns } from './columns.tsx';
import names from './importing.module.css';
import type { Purpose } from './import-purpose.tsx';
import { Preview } from './preview.tsx';
import { Problems } from './problems.tsx';
import { Questions } from './questions.tsx';
import { SaveProfile } from './save-profile.tsx';
import { openQuestions, sheetTitle, targetLabel, totals, type Change, type Session } from './session-words.ts';

type Props = { readonly session: Session; readonly purpose: Purpose | undefined; readonly onLeave: () => void };

/** One import before it goes in: sheets on the left, what becomes of the chosen one on the right, the decision below. */
export function Review({ session, purpose, onLeave }: Props) {
  const { sessionId, sheets } = session;
  const [chosen, setChosen] = useState(sheets[0]?.sheetId);
  const [tab, setTab] = useState<string | null>('columns');
  const [saving, setSaving] = useState(false);
  const changing = useJob('import.change');
  const committing = useJob('import.commit');
  const discarding = useCommand('import.discard');
  const sheet = sheets.find((each) => each.sheetId === chosen) ?? sheets[0];
  const { start: startChange } = changing;
  const { start: startCommit, cancel: cancelCommit } = committing;
  const run = purpose?.step.run;
  const activity = purpose?.step.activity;
  const commitment = useMemo(
    () => (run === undefined || activity === undefined ? { sessionId } : { sessionId, activity: { run, activity } }),
    [sessionId, run, activity],
  );
  const change = (part: Change) => startChange({ sessionId, ...part });
  const { goIn, held, unchanged } = totals(session);
  const questions = openQuestions(session);
  const isCommitting = committing.state.kind === 'running' || session.state === 'committing';
  const isChanging = changing.state.kind === 'running';

  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'import-commit',
        label: 'Take the rows in',
        group: 'This screen',
        icon: 'check',
        keys: 'ctrl+enter',
        run: () => startCommit(commitment),
      },
      { id: 'import-problems', label: 'Show the problems', group: 'This screen', icon: 'risks', run: () => setTab('problems') },
      { id: 'import-columns', label: 'Show the columns', group: 'This screen', icon: 'columns', run: () => setTab('columns') },
    ],
    [startCommit, commitment],
  );
  useActions(actions);

  const failed = [changing.state, committing.state].find((state) => state.kind === 'failed');
  const progress = committing.state.kind === 'running' ? committing.state.progress : undefined;
  return (
    <>
      {failed?.kind === 'failed' && failed.error.code !== 'cancelled' && <Failure failure={failed.error} />}
      {discarding.error && <Failure failure={discarding.error} />}
      {isCommitting && (
        <JobProgress
          title="Taking the rows in"
          step={progress?.step}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
          onCancel={cancelCommit}
        />
      )}
      <div className={names.review} aria-busy={isChanging}>
        <nav aria-label="Files" className={names.sheets}>
          <ul>
            {sheets.map((each) => (
              <li key={each.sheetId}>
                <button
                  type="button"
                  className={names.sheet}
                  aria-current={each.sheetId === sheet?.sheetId ? 'true' : undefined}
                  onClick={() => setChosen(each.sheetId)}
                >
                  <span className={names.sheetName}>{sheetTitle(each)}</span>
                  <span className={names.quiet}>
                    {plural(each.rows, 'row')} → {targetLabel(each.into)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Counts session={session} />
        </nav>
        <div className={names.detail}>
          {session.questions.length > 0 && (
            <Questions
              session={session}
              busy={isChanging || isCommitting}
              refused={changing.state.kind === 'failed'}
              onAnswer={(questionId, answer) => change({ answer: { questionId, answer } })}
            />
          )}
          {sheet && (
            <Section title={sheetTitle(sheet)} note={sheet.reason} flush>
              <Tabs value={tab} onChange={setTab} keepMounted={false}>
                <Tabs.List aria-label="Parts of the sheet">
                  <Tabs.Tab value="columns">Columns</Tabs.Tab>
                  <Tabs.Tab value="preview">Rows</Tabs.Tab>
                  <Tabs.Tab value="problems">Problems ({formatNumber(session.problems.errors + session.problems.warnings, 0)})</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="columns">
                  <Columns sheet={sheet} busy={isCommitting} onChange={(part) => change({ sheetId: sheet.sheetId, ...part })} />
                </Tabs.Panel>
                <Tabs.Panel value="preview">
                  <Preview sessionId={sessionId} sheet={sheet} />
                </Tabs.Panel>
                <Tabs.Panel value="problems">
                  <Problems
                    session={session}
                    busy={isChanging || isCommitting}
                    onRepair={(sheetId, repair) => change({ sheetId, repair })}
                  />
                </Tabs.Panel>
              </Tabs>
            </Section>
          )}
        </div>
      </div>
      <footer className={names.decision}>
        <NativeSelect
          label="Engagements"
          value={session.engagements}
          disabled={isCommitting}
          onChange={(event) => {
            const value = event.currentTarget.value;
            if (value === 'none' || value === 'perAccount' || value === 'perAccountAndProduct') change({ engagements: value });
          }}
          data={[
            { value: 'perAccount', label: `One for each account (${formatNumber(session.engagementCounts.perAccount, 0)} new)` },
            {
              value: 'perAccountAndProduct',
              label: `One for each account and product (${formatNumber(session.engagementCounts.perAccountAndProduct, 0)} new)`,
            },
            { value: 'none', label: 'Make none' },
          ]}
        />
        <p role="status" className={names.summary}>
          <strong>{plural(goIn, 'record')}</strong> go in{unchanged > 0 && `, ${formatNumber(unchanged, 0)} are as they were`}
          {held > 0 && `, ${plural(held, 'row')} held back for later`}
          {questions > 0 && `, ${plural(questions, 'question')} open`}
        </p>
        <Group gap="xs">
          <Button onClick={() => discarding.run({ sessionId }, onLeave)} disabled={isCommitting}>
            Discard
          </Button>
          <Button onClick={() => setSaving(true)} disabled={isCommitting}>
            Remember as profile
          </Button>
          <Button variant="filled" disabled={isCommitting || isChanging} onClick={() => startCommit(commitment)}>
            {held > 0 ? 'Take the good rows in' : 'Take the rows in'}
          </Button>
        </Group>
      </footer>
      {saving && <SaveProfile session={session} onClose={() => setSaving(false)} />}
    </>
  );
}

/** What becomes of the whole set, by record type. */
function Counts({ session }: { session: Session }) {
  return (
    <table className={names.counts}>
      <caption className={names.countsTitle}>What goes in</caption>
      <thead>
        <tr>
          <th scope="col">Into</th>
          <th scope="col">New</th>
          <th scope="col">Changed</th>
          <th scope="col">Held</th>
        </tr>
      </thead>
      <tbody>
        {session.counts.map((count) => (
          <tr key={count.table}>
            <th scope="row">{count.label}</th>
            <td>{formatNumber(count.create, 0)}</td>
            <td>{formatNumber(count.update, 0)}</td>
            <td data-some={count.held > 0 || undefined}>{formatNumber(count.held, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
