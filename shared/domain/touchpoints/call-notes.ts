import { addMonths } from '../../util/calendar-days.ts';
import { parseDate } from '../../util/typed-date.ts';
import { fold, foldTight } from '../../util/folding.ts';

/** A follow-up in a call's notes: `[] send the deck @maria fri`. */
export type NotedTask = {
  readonly subject: string;
  /** What stands behind the @, as it was typed; undefined where nobody is named. */
  readonly who: string | undefined;
  readonly due: string | undefined;
};

/** What a call's notes say (T3). */
export type CallNotes = {
  /** The first line that is no task; empty where there is none. */
  readonly subject: string;
  /** Everything else that is no task. */
  readonly notes: string;
  readonly tasks: readonly NotedTask[];
};

const TASK = /^\s*(?:[-*•]\s*)?\[\s?\]\s*(.*)$/u;
const WHO = /(^|\s)@([\p{L}\p{N}][\p{L}\p{N}._'’-]*)/u;
const LONGEST_SUBJECT = 300;
const NO_DATE = /^(?:t|\d{1,2}[./]?|\p{L})$/u;

/** Reads the text of a call: lines that begin with `[]` are tasks, the first other line is the subject. Days count from `today`. */
export function readCallNotes(text: string, today: string): CallNotes {
  const tasks: NotedTask[] = [];
  const others: string[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const task = TASK.exec(line)?.[1]?.trim();
    if (task === undefined) others.push(line.trimEnd());
    else if (task !== '') tasks.push(readTask(task, today));
  }
  const first = others.findIndex((line) => line.trim() !== '');
  const subject = (others[first] ?? '').trim();
  const rest =
    first < 0
      ? ''
      : others
          .slice(first + 1)
          .join('\n')
          .trim();
  if (subject.length <= LONGEST_SUBJECT) return { subject, notes: rest, tasks };
  // a paragraph without a heading: its beginning names the call, and nothing of it is lost
  return { subject: `${subject.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`, notes: `${subject}\n${rest}`.trim(), tasks };
}

function readTask(text: string, today: string): NotedTask {
  const who = WHO.exec(text)?.[2]?.replace(/[.'’-]+$/u, '');
  const without = who === undefined ? text : text.replace(`@${who}`, ' ');
  const words = without.split(/\s+/u).filter((word) => word !== '');
  const [due, taken] = dayAtEnd(words, today);
  const subject = words.slice(0, words.length - taken).join(' ');
  // a task that is nothing but a day or a name keeps its words
  return subject === '' ? { subject: text, who, due } : { subject, who, due };
}

/** A day in the last one, two or three words ("fri", "5 mar", "5 mar 2026"), and how many words it takes. */
function dayAtEnd(words: readonly string[], today: string): readonly [string | undefined, number] {
  for (const count of [3, 2, 1]) {
    if (words.length < count) continue;
    const candidate = words
      .slice(-count)
      .join(' ')
      .replace(/[.,;]$/u, '');
    // one letter or a bare number says too little to be a day
    if (NO_DATE.test(candidate)) continue;
    const day = dayAhead(candidate, today);
    if (day !== undefined) return [day, words[words.length - count - 1] === 'by' ? count + 1 : count];
  }
  return [undefined, 0];
}

/** What is yet to be done lies ahead: "5 mar" in November is the next one, where no year was typed. */
function dayAhead(typed: string, today: string): string | undefined {
  const day = parseDate(typed, today);
  if (day === undefined || day >= today || /^(?:-|y)/u.test(typed)) return day;
  const nextYear = parseDate(typed, addMonths(today, 12));
  return nextYear === undefined || nextYear < today ? day : nextYear;
}

export type Person = { readonly id: string; readonly name: string; readonly email?: string | undefined };

/**
 * Whom `@name` means: the one person whose whole name, first name, last name or mail address begins so. Undefined where it is
 * nobody, or where several are meant equally.
 */
export function personMeant<P extends Person>(who: string, people: readonly P[]): P | undefined {
  const wanted = foldTight(who);
  if (wanted === '') return undefined;
  for (const fits of [exactly, partly]) {
    const found = people.filter((person) => fits(person, wanted));
    if (found.length === 1) return found[0];
    if (found.length > 1) return undefined;
  }
  return undefined;
}

const handleOf = ({ email }: Person): string => foldTight(email?.split('@')[0] ?? '');

function exactly(person: Person, wanted: string): boolean {
  return foldTight(person.name) === wanted || fold(person.name).split(' ').includes(wanted) || handleOf(person) === wanted;
}

function partly(person: Person, wanted: string): boolean {
  return (
    foldTight(person.name).startsWith(wanted) ||
    fold(person.name)
      .split(' ')
      .some((word) => word.startsWith(wanted))
  );
}
