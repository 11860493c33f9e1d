import { expect, test } from 'vitest';
import { readDefinition, type ActivityKind, type PlaybookDefinition } from '#shared/domain/playbooks/definition.ts';
import {
  addActivity,
  addStage,
  asKind,
  dropActivity,
  KIND_LABELS,
  keyFor,
  moveActivity,
  moveStage,
  putActivity,
  removeActivity,
  removeStage,
  renameStage,
} from './edit-steps.ts';

function steps(): PlaybookDefinition {
  const note = (key: string) => ({ key, label: key, kind: 'note' as const });
  const read = readDefinition({
    table: 'internalPlay',
    stages: [
      { key: 'one', label: 'One', activities: [note('a'), note('b')] },
      { key: 'two', label: 'Two', activities: [note('c')] },
    ],
  });
  if ('problem' in read) throw new Error(read.problem);
  return read.definition;
}
const shape = ({ stages }: PlaybookDefinition) =>
  stages.map(({ key, activities }) => `${key}: ${activities.map((one) => one.key).join(' ')}`);

test('PLY-10 activities are added, moved over stages, dropped on others and removed; stages as well', () => {
  const { definition, key } = addActivity(steps(), 'one', 'Call the sponsor', 'a');
  expect([key, shape(definition)]).toEqual(['callTheSponsor', ['one: a callTheSponsor b', 'two: c']]);
  expect(shape(moveActivity(definition, 'b', 1))).toEqual(['one: a callTheSponsor', 'two: b c']);
  expect(shape(moveActivity(definition, 'c', -1))).toEqual(['one: a callTheSponsor b c', 'two: ']);
  expect(shape(moveActivity(definition, 'a', -1))).toEqual(shape(definition));
  expect(shape(dropActivity(definition, 'c', 'a'))).toEqual(['one: c a callTheSponsor b', 'two: ']);
  expect(shape(removeActivity(definition, 'a'))).toEqual(['one: callTheSponsor b', 'two: c']);
  expect(shape(moveStage(definition, 'two', -1))).toEqual(['two: c', 'one: a callTheSponsor b']);
  expect(shape(removeStage(addStage(definition, 'One'), 'two'))).toEqual(['one: a callTheSponsor b', 'one2: ']);
  expect(renameStage(definition, 'two', 'Zwei').stages[1]?.label).toBe('Zwei');
});

test('PLY-10 an activity becomes one of any kind, and can be read again', () => {
  const definition = steps();
  const [first] = definition.stages[0]?.activities ?? [];
  if (first === undefined) throw new Error('no activity');
  const due = { ...first, dueDays: 3, help: 'So' };
  for (const kind of Object.keys(KIND_LABELS) as ActivityKind[]) {
    const changed = putActivity(definition, 'a', asKind(due, kind));
    expect('problem' in readDefinition(JSON.parse(JSON.stringify(changed))), kind).toBe(false);
    expect(changed.stages[0]?.activities[0]).toMatchObject({ kind, dueDays: 3, help: 'So' });
  }
});

test('keys are made of labels and never taken twice', () => {
  expect([
    keyFor('Ärger & Co', new Set()),
    keyFor('24 hours', new Set()),
    keyFor('日本', new Set(['step'])),
    keyFor('a', new Set(['a', 'a2'])),
  ]).toEqual(['argerCo', 'step24Hours', 'step2', 'a3']);
});
