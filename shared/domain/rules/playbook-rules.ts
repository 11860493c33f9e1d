import { parseRef } from '../../model/any-reference.ts';
import { tableOf, type AnyRow, type Row } from '../../model/dictionary.ts';
import { readDefinition } from '../playbooks/definition.ts';
import { problemsOf } from '../playbooks/problems.ts';
import { sameValue } from '../validate/same-value.ts';
import type { ReadView } from '../view.ts';
import { hasEnded } from './life-cycle.ts';
import { blockingRecords, nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** PLY-10: the steps of a version can be read, fit the type that it runs on, and stay as they are once it is published. */
const versionFits = rule('PLY-10', 'playbookVersion', ['create', 'update'], {
  fields: ['definition', 'state', 'playbook'],
  check: ({ view, puttingBack }, change) => {
    const { before, after } = change;
    if (after === undefined || puttingBack) return undefined;
    const name = sentence(nameOf('playbookVersion', after, view));
    const changed = !sameValue(before?.definition, after.definition);
    if (before !== undefined && before.state !== 'draft' && changed)
      return refusal('PLY-10', change, `${name} is published, so its steps stay as they are. Make a new version.`, { field: 'definition' });
    if (!changed && after.state !== 'published') return undefined;
    const read = readDefinition(after.definition);
    if ('problem' in read) return refusal('PLY-10', change, `${name} cannot be read. ${read.problem}.`, { field: 'definition' });
    const playbook = view.get('playbook', after.playbook);
    if (playbook !== undefined && playbook.forTable !== read.definition.table)
      return refusal('PLY-10', change, `${name} runs on another type of record than its playbook. Choose the playbook's type.`, {
        field: 'definition',
      });
    // a draft may be unfinished
    const [problem] = after.state === 'published' ? problemsOf(read.definition) : [];
    return problem && refusal('PLY-10', change, `${name} cannot be published. ${problem.message}`, { field: 'definition' });
  },
});

function workOf(run: Row<'playbookRun'>, view: ReadView) {
  const about = parseRef(run.about);
  const row: AnyRow | undefined = about && view.get(about.table, about.id);
  return about === undefined || row === undefined ? undefined : { table: about.table, row };
}

/** PLY-09: nothing is pending on a record that has ended; and a run is of a version of its playbook, on the type that this is for. */
const runFits = rule('PLY-09', 'playbookRun', SAVED, {
  check: ({ view }, change) => {
    const { after } = change;
    if (after === undefined) return undefined;
    const work = workOf(after, view);
    const name = sentence(nameOf('playbookRun', after, view));
    const version = view.get('playbookVersion', after.version);
    const playbook = view.get('playbook', after.playbook);
    if (version !== undefined && version.playbook !== after.playbook)
      return refusal('PLY-01', change, `${name}: this version is of another playbook. Choose one of this playbook.`, { field: 'version' });
    if (work === undefined) return undefined;
    if (playbook !== undefined && playbook.forTable !== work.table)
      return refusal('PLY-01', change, `${name} is not made for a ${tableOf(work.table).label.toLowerCase()}. Choose another playbook.`, {
        field: 'about',
      });
    const { lifecycle } = tableOf(work.table);
    if (after.state !== 'inProgress' || lifecycle === undefined || !hasEnded(lifecycle, work.row)) return undefined;
    return refusal(
      'PLY-09',
      change,
      `${name} cannot go on: ${nameOf(work.table, work.row, view)} has been closed or cancelled. Reopen that first.`,
      { field: 'state', blocking: blockingRecords(work.table, [work.row], view) },
    );
  },
});

/** PLY-01: what has happened in a run is added to and never rewritten (ADR 0015). */
const eventsStay = rule('PLY-01', 'playbookEvent', ['update'], {
  check: ({ puttingBack }, change) =>
    puttingBack
      ? undefined
      : refusal('PLY-01', change, 'The log of a playbook is only added to. Undo the step, or reopen the activity.', { field: 'kind' }),
});

export const playbookRules: readonly AnyRule[] = [versionFits, runFits, eventsStay];
