import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { CADENCE_KINDS } from '#shared/domain/cadence/rhythm.ts';
import type { Due } from '#shared/domain/cadence/cadence.ts';
import { comparableUnits } from '#shared/domain/money-rates.ts';
import { bySorts } from '#shared/domain/portfolio/sort-rows.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { healthNow } from '../portfolio/portfolio-line.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { engagementsOf } from '../today/candidates.ts';
import { standingsOf, type Standing } from '../today/stakes.ts';
import { itemsNamed, itemsOf, narrows, type Item } from './planner-items.ts';

type Rows = Output<'planner.rows'>;

/** The active engagements of whom it is asked for, with what is at stake. */
export function standingsFor(context: EngineContext, figures: Figures, whose: 'mine' | 'all', actor: string): readonly Standing[] {
  const person = whose === 'mine' ? context.view.get('user', actor) : undefined;
  const mine = person && engagementsOf(context, person.id);
  const standing = standingsOf(context, figures);
  const found: Standing[] = [];
  for (const { id } of context.view.all('engagement')) {
    const known = mine === undefined || mine.has(id) ? standing(id) : undefined;
    if (known?.facts.active === true) found.push(known);
  }
  return found;
}

const dueOf = (due: Due | undefined): Rows['rows'][number]['due'] =>
  due && { kind: CADENCE_KINDS[due.kind], on: due.due, late: due.overdueDays > 0 };

/** `items` are looked up only for lines that are shown, where no filter asks for them before. */
type Line = { readonly standing: Standing; readonly items: () => readonly Item[] };

/** The engagements with what is shown of each; where items are looked for or chosen, those alone that have some. */
function linesOf(
  context: EngineContext,
  figures: Figures,
  input: Omit<Parsed<'planner.rows'>, 'sort' | 'due'>,
  actor: string,
): readonly Line[] {
  const { from, days, whose = 'mine', search = '' } = input;
  const text = fold(search.trim());
  const isNarrowed = narrows(input);
  return standingsFor(context, figures, whose, actor).flatMap((standing) => {
    const { engagement, facts } = standing;
    const isNamed = text === '' || fold(engagement.title).includes(text) || fold(facts.account).includes(text);
    const look = () => itemsOf(context, engagement.id, { from, to: addDays(from, days - 1) }, input);
    if (isNamed && !isNarrowed) return [{ standing, items: look }];
    const items = isNamed ? look() : itemsNamed(look(), text);
    return items.length > 0 ? [{ standing, items: () => items }] : [];
  });
}

/** A window of the planner's rows (TCH-06). The figures must be settled. */
export function plannerRows(context: EngineContext, figures: Figures, input: Parsed<'planner.rows'>, actor: string): Rows {
  const { sort = 'title', due: onlyDue, window } = input;
  const { view } = context;
  const found = linesOf(context, figures, input, actor).filter(
    ({ standing: { urgent, talk } }) => onlyDue !== true || urgent !== undefined || talk !== undefined,
  );
  const KEYS = {
    value: {
      direction: 'down',
      keyOf: ({ standing: { facts } }: Line) => facts.contractValue.reduce((sum, money) => sum + comparableUnits(money, view), 0),
    },
    health: { direction: 'up', keyOf: ({ standing: { engagement } }: Line) => healthNow(figures, engagement.id) },
    lastTouch: { direction: 'up', keyOf: ({ standing: { facts } }: Line) => facts.lastTouchpoint ?? '' },
    title: { direction: 'up', keyOf: ({ standing: { engagement } }: Line) => engagement.title.toLowerCase() },
  } as const;
  const sorted = bySorts(found, [KEYS[sort], { direction: 'up', keyOf: ({ standing: { engagement } }) => engagement.id }]);
  const bands = bandLookup(view);
  return {
    total: sorted.length,
    rows: sorted.slice(window.offset, window.offset + window.limit).map(({ standing: { engagement, facts, urgent, talk }, items }) => {
      const health = healthNow(figures, engagement.id);
      const band = bands.ofScore(health);
      const due = dueOf(talk ?? urgent);
      return {
        engagement: refOf(view, 'engagement', engagement),
        account: facts.account,
        value: [...facts.contractValue],
        ...(Number.isNaN(health) ? {} : { health }),
        ...(band ? { band } : {}),
        ...(facts.lastTouchpoint === undefined ? {} : { lastTouch: facts.lastTouchpoint }),
        ...(due === undefined ? {} : { due }),
        items: [...items()],
      };
    }),
  };
}

/** A window of what the rows show, one under the other by day and time. The figures must be settled. */
export function plannerItems(
  context: EngineContext,
  figures: Figures,
  input: Parsed<'planner.items'>,
  actor: string,
): Output<'planner.items'> {
  const { window } = input;
  const all = linesOf(context, figures, input, actor).flatMap(({ standing, items }) =>
    items().map((item) => ({ item, of: standing.engagement })),
  );
  const sorted = bySorts(all, [
    { direction: 'up', keyOf: ({ item }) => item.day },
    { direction: 'up', keyOf: ({ item }) => item.startsAt },
    { direction: 'up', keyOf: ({ item }) => item.id },
  ]);
  return {
    total: sorted.length,
    rows: sorted
      .slice(window.offset, window.offset + window.limit)
      .map(({ item, of }) => ({ ...item, engagement: refOf(context.view, 'engagement', of) })),
  };
}
