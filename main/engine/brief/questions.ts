import type { Output } from '#shared/contract/engine-contract.ts';
import { daysBetween } from '#shared/util/calendar-days.ts';
import type { Ref } from '../portfolio/record-refs.ts';
import type { Statement } from './brief-parts.ts';

type Brief = Omit<Output<'brief.read'>, 'questions'>;
type Question = Output<'brief.read'>['questions'][number];

type Known = { readonly renewalOn: string | undefined; readonly hasSponsor: boolean };

const MOST = 3;
const RENEWAL_DAYS = 120;
const FELL = -3;
const LITTLE = 34;

/** The three things most worth asking, each from a record: late promises first, then what threatens, then what is to be won. */
export function questionsFor(brief: Brief, { renewalOn, hasSponsor }: Known): readonly Question[] {
  const { asOf, engagement, health, promises, risks, objectives } = brief;
  const late = promises.find(({ overdue }) => overdue === true);
  const soon = renewalOn !== undefined && daysBetween(asOf, renewalOn) >= 0 && daysBetween(asOf, renewalOn) <= RENEWAL_DAYS;
  const slow = objectives.find(({ says }) => Number.parseInt(says ?? '', 10) < LITTLE);
  const asked: (Question | undefined)[] = [
    late && ask(late, `“${late.about.label}” is late. What do they still wait for, and what keeps it?`),
    (health.change7 ?? 0) <= FELL ? { about: engagement, asks: `${health.cause} What has changed on their side?` } : undefined,
    risks[0] && ask(risks[0], `How do they see “${risks[0].about.label}” themselves?`),
    soon
      ? { about: engagement, asks: `The renewal is ${inDays(daysBetween(asOf, renewalOn))}. Who decides, and what has to be true by then?` }
      : undefined,
    slow && ask(slow, `“${slow.about.label}” has little to show yet. Is it still what success means to them?`),
    hasSponsor ? undefined : { about: engagement, asks: 'Nobody is known as executive sponsor. Who speaks for this in their leadership?' },
    promises[0] && promises[0] !== late ? ask(promises[0], `Is “${promises[0].about.label}” still wanted as it was agreed?`) : undefined,
    { about: engagement, asks: 'What would make the next quarter a success for them?' },
    { about: engagement, asks: 'Who else uses it, and whom have we not met yet?' },
    { about: engagement, asks: 'What should we stop doing?' },
  ];
  return asked.filter((one) => one !== undefined).slice(0, MOST);
}

const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`);

function ask({ about }: Pick<Statement, 'about'>, asks: string): { readonly about: Ref; readonly asks: string } {
  return { about, asks };
}
