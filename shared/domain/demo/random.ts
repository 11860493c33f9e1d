/** A source of chance that gives the same numbers for the same seed, on every machine. */
export type Chance = {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  /** Whole number from `least` to `most`. */
  readonly whole: (least: number, most: number) => number;
  /** Normally distributed around `mean`. */
  readonly normal: (mean: number, deviation: number) => number;
  /** How many independent events of a rate happen. */
  readonly events: (rate: number) => number;
  readonly happens: (probability: number) => boolean;
  readonly oneOf: <const T extends readonly [unknown, ...unknown[]]>(choices: T) => T[number];
};

/** Chance from a seed (the mulberry32 generator). */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole: Chance['whole'] = (least, most) => least + Math.floor(uniform() * (most - least + 1));
  return {
    uniform,
    whole,
    // twelve uniforms add up to a good enough normal, without functions whose last bits differ between machines
    normal: (mean, deviation) => mean + deviation * (Array.from({ length: 12 }, uniform).reduce((sum, each) => sum + each, 0) - 6),
    events: (rate) => {
      const tries = 40;
      let count = 0;
      for (let index = 0; index < tries; index += 1) if (uniform() < rate / tries) count += 1;
      return count;
    },
    happens: (probability) => uniform() < probability,
    oneOf: (choices) => choices[whole(0, choices.length - 1)],
  };
}

/** A number kept within bounds. */
export function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
