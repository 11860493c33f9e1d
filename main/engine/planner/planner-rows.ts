import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
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

const dueOf = (due: Due | undefined): Rows['rows'][number]['due'] => due && { contact: due.kind, on: due.due, days: due.overdueDays };

/** The touchpoints and meetings that are a person's own work in engagements that others look after. */
function takesPartIn({ view }: EngineContext, person: string): (item: Pick<Item, 'table' | 'id' | 'touchpoint'>) => boolean {
  const isOnTouchpoint = (id: string): boolean => {
    const touchpoint = view.get('touchpoint', id);
    return touchpoint?.assignedTo === person || touchpoint?.squad?.includes(person) === true;
  };
  return ({ table, id, touchpoint }) => {
    if (table === 'touchpoint') return isOnTouchpoint(id);
    const meeting = view.get('meeting', id);
    return meeting?.organiser === person || meeting?.users?.includes(person) === true || isOnTouchpoint(touchpoint ?? '');
  };
}

/** Engagements in which a person takes part in some touchpoint or meeting. */
function elsewhere({ view }: EngineContext, person: string): ReadonlySet<string> {
  const found = new Set<string>();
  const put = (engagement: string | undefined): void => void (engagement !== undefined && found.add(engagement));
  for (const field of ['organiser', 'users']) for (const { engagement } of view.by('meeting', field, person)) put(engagement);
  for (const field of ['assignedTo', 'squad']) for (const { engagement } of view.by('touchpoint', field, person)) put(engagement);
  return found;
}

/** `items` are looked up only for lines that are shown, where no filter asks for them before. */
type Line = { readonly standing: Standing; readonly items: () => readonly Item[] };

/**
 * The engagements with what is shown of each; where items are looked for or chosen, those alone that have some. Whoever looks after an
 * engagement sees all of it; others what they take part in themselves: meetings that they organise, touchpoints that they are assigned to.
 */
function linesOf(
  context: EngineContext,
  figures: Figures,
  input: Omit<Parsed<'planner.rows'>, 'sort' | 'due'>,
  actor: string,
): readonly Line[] {
  const { from, days, whose = 'mine', search = '' } = input;
  const text = fold(search.trim());
  const isNarrowed = narrows(input);
  const lookAt = (id: string) => itemsOf(context, id, { from, to: addDays(from, days - 1) }, input);
  const isNamed = ({ engagement, facts }: Standing) =>
    text === '' || fold(engagement.title).includes(text) || fold(facts.account).includes(text);
  const some = (standing: Standing, items: readonly Item[]): Line[] => {
    const shown = isNamed(standing) ? items : itemsNamed(items, text);
    return shown.length > 0 ? [{ standing, items: () => shown }] : [];
  };
  const own = standingsFor(context, figures, whose, actor);
  const lines = own.flatMap((standing) => {
    const { id } = standing.engagement;
    return isNamed(standing) && !isNarrowed ? [{ standing, items: () => lookAt(id) }] : some(standing, lookAt(id));
  });
  const person = whose === 'mine' ? context.view.get('user', actor)?.id : undefined;
  if (person === undefined) return lines;
  const [known, standing, isPart] = [
    new Set(own.map(({ engagement }) => engagement.id)),
    standingsOf(context, figures),
    takesPartIn(context, person),
  ];
  const others = [...elsewhere(context, person)].flatMap((id) => {
    const found = known.has(id) || context.view.get('engagement', id) === undefined ? undefined : standing(id);
    return found === undefined ? [] : some(found, lookAt(id).filter(isPart));
  });
  return [...lines, ...others];
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
