import { describe, expect, test } from 'vitest';
import { portfolioWorld, type RuleWorld } from '../../test/support/rule-harness.ts';
import { choiceLabel, choiceListNamed, choiceLists, choicesOf, viewOfLists } from './choices.ts';
import { conditionInWords } from './condition/condition-in-words.ts';
import { parseWhere } from './condition/parse-where.ts';
import { readChoiceIn } from './importing/choice-words.ts';
import { touchpoint } from '../model/tables/touchpoint.ts';
import { tableOf } from '../model/dictionary.ts';

function world(): RuleWorld {
  const made = portfolioWorld();
  made.run(({ create }) => {
    create('choiceEntry', 'x1', { list: 'touchpoint.channel', value: 'letter', label: 'Letter', rank: 5 });
    create('choiceEntry', 'x2', { list: 'touchpoint.channel', value: 'phone', label: 'Telephone call' });
    create('touchpoint', 't1', { subject: 'Talk', engagement: 'e1', channel: 'social' });
  });
  made.run(({ create }) => {
    create('choiceEntry', 'x3', { list: 'touchpoint.channel', value: 'social', label: 'Social', active: false });
  });
  return made;
}

describe('REC-35 choice lists', () => {
  test('REC-35 an added choice stands in its place, a renamed one under its new label, a retired one is marked', () => {
    const choices = choicesOf(world().view, 'touchpoint', 'channel');
    expect(choices.slice(0, 3)).toEqual([
      { value: 'web', label: 'Web', active: true },
      { value: 'letter', label: 'Letter', active: true },
      { value: 'phone', label: 'Telephone call', active: true },
    ]);
    expect(choices.find(({ value }) => value === 'social')).toEqual({ value: 'social', label: 'Social', active: false });
    expect(choicesOf(world().view, 'touchpoint', 'nothing')).toEqual([]);
  });

  test('REC-35 a record takes an added choice and is refused one that is unknown, on every way', () => {
    const w = world();
    w.run(({ create }) => create('touchpoint', 't2', { subject: 'Post', engagement: 'e1', channel: 'letter' }));
    expect(w.row('touchpoint', 't2').channel).toBe('letter');
    const refused = w.refused(({ update }) => update('touchpoint', 't2', { channel: 'fax' }));
    expect(refused.details).toMatchObject({ rule: 'REC-35', field: 'channel' });
    expect(refused.message).toBe(
      'Touchpoint “Post” (TCH0000002): Channel “fax” is not on its list. Choose one of: Web, Letter, Telephone call, Email, Chat, Community, Alert, Virtual agent, Meeting.',
    );
    expect(() => w.run(({ create }) => create('touchpoint', 't3', { subject: 'x', engagement: 'e1', channel: 'fax' }))).toThrow(
      'Choose one of',
    );
  });

  test('REC-35 a retired choice stays where it stands and cannot be chosen anew', () => {
    const w = world();
    w.run(({ update }) => update('touchpoint', 't1', { subject: 'Talk again' }));
    expect(choiceLabel(w.view, touchpoint.fields.channel, 'social')).toBe('Social');
    expect(
      w.refused(({ create }) => create('touchpoint', 't9', { subject: 'New', engagement: 'e1', channel: 'social' })).message,
    ).toContain('Channel “Social” is retired');
  });

  test('REC-35 entries belong to a list that can be extended, keep their value, and are called like no other', () => {
    const w = world();
    const refused = (values: Readonly<Record<string, unknown>>) => w.refused(({ create }) => create('choiceEntry', 'x9', values)).message;
    expect(refused({ list: 'touchpoint.state', value: 'odd', label: 'Odd' })).toContain('There is no list “touchpoint.state”');
    expect(refused({ list: 'touchpoint.channel', value: 'Not good', label: 'Odd' })).toContain('letters and digits');
    expect(refused({ list: 'touchpoint.channel', value: 'other', label: 'EMAIL' })).toContain('has a choice called “Email” already');
    expect(w.refused(({ update }) => update('choiceEntry', 'x1', { value: 'post' })).message).toContain('stay as they are');
  });

  test('REC-35 a choice that records have is retired, not deleted; an unused one is deleted', () => {
    const w = world();
    w.run(({ create }) => create('touchpoint', 't2', { subject: 'Post', engagement: 'e1', channel: 'letter' }));
    expect(w.refused(({ remove }) => remove('choiceEntry', 'x1')).message).toBe(
      'Touchpoint › Channel: “Letter” cannot be deleted, as touchpoints have it. Retire it instead.',
    );
    w.run(({ update }) => update('touchpoint', 't2', { channel: 'web' }));
    w.run(({ remove }) => remove('choiceEntry', 'x1'));
    // the entry of a shipped choice only says how it differs
    w.run(({ remove }) => remove('choiceEntry', 'x3'));
    expect(choicesOf(w.view, 'touchpoint', 'channel').find(({ value }) => value === 'social')?.active).toBe(true);
  });

  test('REC-35 a list keeps at least one choice', () => {
    const w = portfolioWorld();
    const values = Object.keys(touchpoint.fields.category.choices ?? {});
    const retire = (count: number) =>
      w.run(({ create }) => {
        for (const value of values.slice(0, count))
          create('choiceEntry', `r${value}`, { list: 'touchpoint.category', value, label: value, active: false });
      });
    expect(() => retire(values.length)).toThrow('needs at least one choice that is not retired');
    retire(values.length - 1);
  });

  test('REC-35 conditions and imports read the labels as they are called now', () => {
    const { view } = world();
    const added = parseWhere('channel = Letter', 'touchpoint', undefined, view);
    expect(added).toEqual({ field: 'channel', op: 'is', value: 'letter' });
    expect(conditionInWords(added, 'touchpoint', view)).toBe('channel is Letter');
    expect(conditionInWords({ field: 'channel', op: 'is', value: 'phone' }, 'touchpoint', view)).toBe('channel is Telephone call');
    expect(readChoiceIn('touchpoint', 'channel', 'letter', view)).toBe('letter');
    expect(readChoiceIn('touchpoint', 'channel', 'Telephone Call', view)).toBe('phone');
    expect(readChoiceIn('touchpoint', 'channel', 'outbound call', view)).toBe('phone');
    const told = viewOfLists({ 'touchpoint.channel': [{ value: 'letter', label: 'Letter', active: true }] });
    expect(conditionInWords(added, 'touchpoint', told)).toBe('channel is Letter');
  });

  test('REC-35 every list is shipped by the field that it is named after, and states cannot be extended', () => {
    expect(choiceListNamed('riskSignal.category')?.usedBy).toEqual(
      expect.arrayContaining([
        { table: 'riskSignal', field: 'category' },
        { table: 'riskDefinition', field: 'category' },
      ]),
    );
    for (const { list, table, field, usedBy } of choiceLists) {
      const shipped = tableOf(table).fields[field];
      expect(shipped?.list, list).toBe(list);
      for (const user of usedBy) expect(tableOf(user.table).fields[user.field]?.choices, list).toEqual(shipped?.choices);
      for (const user of usedBy) expect(tableOf(user.table).lifecycle?.field, list).not.toBe(user.field);
    }
  });
});
