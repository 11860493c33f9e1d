import type { Figure, Limit } from './define.ts';

const round = (value: number) => Number(value.toPrecision(4));

/** The JSON line of a figure: `{name, value, unit, floor, ratio}`; floor and ratio are null where there is no floor. */
export function figureLine({ name, value, unit, floor }: Figure): string {
  const ratio = floor === undefined ? null : round(value / floor);
  return JSON.stringify({ name, value: round(value), unit, floor: floor === undefined ? null : round(floor), ratio });
}

/** What is wrong with the figures under their limits, one line each: too much, or a figure that a limit waits for in vain. */
export function limitFaults(figures: Figure[], limits: Record<string, Limit>): string[] {
  return Object.entries(limits).flatMap(([name, limit]) => {
    const figure = figures.find((candidate) => candidate.name === name);
    if (figure === undefined) return [`${name} was not measured`];
    const ratio = figure.floor === undefined ? undefined : figure.value / figure.floor;
    const faults: string[] = [];
    if (limit.value !== undefined && figure.value > limit.value) {
      faults.push(`${name} is ${round(figure.value)} ${figure.unit}, more than ${limit.value}`);
    }
    if (limit.ratio !== undefined && ratio === undefined) faults.push(`${name} has no floor to be compared with`);
    if (limit.ratio !== undefined && ratio !== undefined && ratio > limit.ratio) {
      faults.push(`${name} is ${round(ratio)} times its floor, more than ${limit.ratio}`);
    }
    return faults;
  });
}
