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

/** Wall-clock time of an instant in a zone, as milliseconds as if it were UTC. */
function wallTime(time: number, timeZone: string): number {
  const parts = Object.fromEntries(
    wallClock(timeZone)
      .formatToParts(time)
      .map((part) => [part.type, part.value]),
  );
  return Date.parse(`${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`);
}

/** "2025-03-31 14:30" in the workspace's zone. */
export function instantToLocal(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return new Date(wallTime(time, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * The instant of a wall-clock time "2025-03-31 14:30" (or a date alone: midnight) in a zone; undefined where it is none.
 * In the hour that a clock change leaves out the time moves on by the change, in the hour it repeats the first one counts.
 */
export function localToInstant(text: string, timeZone: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const local = Date.parse(`${match[1]}T${(match[2] ?? '00').padStart(2, '0')}:${match[3] ?? '00'}:00Z`);
  if (Number.isNaN(local)) return undefined;
  const before = local - 86_400_000;
  const early = local - (wallTime(before, timeZone) - before);
  const offset = wallTime(early, timeZone) - early;
  const settled = wallTime(local - offset, timeZone) === local ? local - offset : early;
  return new Date(settled).toISOString();
}
