import type { RiskTemplate } from '../../model/indicator.ts';
import { roundHalfAway } from '../../util/rounding.ts';
import type { ThresholdCondition } from './threshold.ts';

/** A number in a text for people: at most two decimals. */
export function plainNumber(value: number): string {
  return String(roundHalfAway(value, 2)).replace('-', '−');
}

export type TemplateValues = {
  readonly value?: number | undefined;
  readonly threshold?: number | undefined;
  readonly source: string;
  readonly engagement: string;
};

/** Fills `{value}`, `{threshold}`, `{source}` and `{engagement}` of a template's text; unknown braces stay as they are. */
export function fillTemplate(text: string, values: TemplateValues): string {
  const words: Readonly<Record<string, string>> = {
    value: values.value === undefined ? '–' : plainNumber(values.value),
    threshold: values.threshold === undefined ? '–' : plainNumber(values.threshold),
    source: values.source,
    engagement: values.engagement,
  };
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
}

/** A template read from a stored `json` field; undefined where it lacks a text that every signal needs (BR-32). */
export function readTemplate(stored: unknown): RiskTemplate | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { shortDescription, description } = stored as Partial<RiskTemplate>; // tested on the next line
  if (typeof shortDescription !== 'string' || shortDescription.trim() === '' || typeof description !== 'string') return undefined;
  return stored as RiskTemplate; // its two texts are there; the choices are checked with the signal that it makes
}

export type BreachNumbers = {
  readonly condition: ThresholdCondition;
  readonly value: number;
  readonly earlier: number;
  readonly measured: number;
  readonly threshold: number;
  readonly lookBackDays: number;
};

/** Why a threshold counts as breached, in words: `NPS is 24, below 30`. */
export function breachInWords(source: string, numbers: BreachNumbers): string {
  const { condition, value, earlier, measured, threshold, lookBackDays } = numbers;
  const now = plainNumber(value);
  switch (condition) {
    case 'below':
      return `${source} is ${now}, below ${plainNumber(threshold)}`;
    case 'above':
      return `${source} is ${now}, above ${plainNumber(threshold)}`;
    case 'fellBy':
    case 'roseBy': {
      const verb = condition === 'fellBy' ? 'fell' : 'rose';
      const by = `by ${plainNumber(measured)} %, more than ${plainNumber(threshold)} %`;
      return `${source} ${verb} from ${plainNumber(earlier)} to ${now} within ${lookBackDays} days, ${by}`;
    }
    default:
      return condition satisfies never;
  }
}
