const DAY = 86_400_000;
const HOUR = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

function askedOffset(time: number, timeZone: string): number {
  const second = Math.floor(time / 1000) * 1000;
  const parts = Object.fromEntries(
    wallClock(timeZone)
      .formatToParts(second)
      .map((part) => [part.type, part.value]),
  );
  const wall = Date.parse(`${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`);
  return wall - second;
}

const MOST_DAYS = 20_000;
const offsets = new Map<string, Map<number, number | 'changes'>>();

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. A day without a change of the clocks is asked about once. */
function offsetAt(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  let days = offsets.get(timeZone);
  if (!days || days.size > MOST_DAYS) {
    days = new Map();
    offsets.set(timeZone, days);
  }
  const day = Math.floor(time / DAY);
  let known = days.get(day);
  if (known === undefined) {
    const [start, end] = [askedOffset(day * DAY, timeZone), askedOffset((day + 1) * DAY, timeZone)];
    known = start === end ? start : 'changes';
    days.set(day, known);
  }
  return known === 'changes' ? askedOffset(time, timeZone) : known;
}

/** Wall-clock time of an instant (milliseconds) in a zone, as milliseconds as if it were UTC. */
export function wallTime(time: number, timeZone: string): number {
  return time + offsetAt(time, timeZone);
}

/**
 * The instant of a wall-clock time (both in milliseconds, the wall clock as if it were UTC). In the hour that a clock change leaves
 * out the time moves on by the change, in the hour it repeats the first one counts.
 */
export function instantOfWall(wall: number, timeZone: string): number {
  const before = offsetAt(wall - DAY, timeZone);
  const after = offsetAt(wall + DAY, timeZone);
  if (before === after && offsetAt(wall - before, timeZone) === before) return wall - before;
  for (const offset of [before, after]) if (offsetAt(wall - offset, timeZone) === offset) return wall - offset;
  // a change of both within two days, or the hour that does not exist
  for (let shift = -14 * HOUR; shift <= 14 * HOUR; shift += HOUR / 4) if (wallTime(wall + shift, timeZone) === wall) return wall + shift;
  return wall - before;
}

/** "2025-03-31 14:30" in the workspace's zone. */
export function instantToLocal(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return new Date(wallTime(time, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * The instant of a wall-clock time "2025-03-31 14:30" (or a date alone: midnight) in a zone; undefined where it is none.
 * Hours that do not exist or exist twice are taken as {@link instantOfWall} says.
 */
export function localToInstant(text: string, timeZone: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const local = Date.parse(`${match[1]}T${(match[2] ?? '00').padStart(2, '0')}:${match[3] ?? '00'}:00Z`);
  return Number.isNaN(local) ? undefined : new Date(instantOfWall(local, timeZone)).toISOString();
}
