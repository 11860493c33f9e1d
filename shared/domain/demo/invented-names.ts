import type { Chance } from './random.ts';

const BEGINNINGS = [
  'Bal',
  'Cor',
  'Dre',
  'Fen',
  'Gri',
  'Hul',
  'Jor',
  'Kel',
  'Lum',
  'Mer',
  'Nol',
  'Pel',
  'Quo',
  'Ros',
  'Sel',
  'Tam',
  'Ul',
  'Ver',
  'Wen',
  'Zan',
] as const;
const MIDDLES = ['a', 'e', 'i', 'o', 'u', 'ari', 'eno', 'ilu', 'ova', 'une', 'ado', 'ere'] as const;
const ENDINGS = ['bex', 'dor', 'fyn', 'gant', 'ka', 'lis', 'mund', 'nix', 'pra', 'quist', 'rath', 'sta', 'tor', 'vek', 'zil'] as const;
const KINDS = [
  'Works',
  'Group',
  'Labs',
  'Systems',
  'Partners',
  'Trading',
  'Services',
  'Networks',
  'Foods',
  'Mobility',
  'Health',
  'Energy',
] as const;
const PERSON_ENDINGS = ['an', 'el', 'ia', 'is', 'o', 'une', 'y', 'ar'] as const;
const FAMILY_ENDINGS = ['dar', 'fell', 'gard', 'holt', 'mar', 'nes', 'rin', 'ster', 'vale', 'wick'] as const;

const word = (by: Chance): string => by.oneOf(BEGINNINGS) + by.oneOf(MIDDLES) + by.oneOf(ENDINGS);

/** Names of companies and people put together from syllables: nobody's. Each company's name is given once. */
export type Names = { readonly company: () => string; readonly person: () => string };

/** Invents names by chance. */
export function inventedNames(by: Chance): Names {
  const given = new Set<string>();
  return {
    company: () => {
      let name = `${word(by)} ${by.oneOf(KINDS)}`;
      while (given.has(name)) name = `${word(by)}${by.oneOf(MIDDLES)} ${by.oneOf(KINDS)}`;
      given.add(name);
      return name;
    },
    person: () => `${by.oneOf(BEGINNINGS)}${by.oneOf(PERSON_ENDINGS)} ${by.oneOf(BEGINNINGS)}${by.oneOf(FAMILY_ENDINGS)}`,
  };
}
