import * as z from 'zod'
import { defineMethod } from '../define-method.ts'
import { fraction } from '../exact-fraction.ts'
import { countLists } from '../lists/count-lists.ts'
import { type Divisors, divisors, withFirst } from '../lists/divisors.ts'
import { highestAverages } from '../lists/highest-averages.ts'
import { type ListRules, listRules } from '../lists/list-rules.ts'
import { quotientWorkings } from '../lists/list-workings.ts'
import type { Method } from '../method.ts'
import type { Tabulation, TabulationInput } from '../tabulation.ts'

const rules = z.strictObject(listRules)

/** The methods of highest averages differ in their divisors only. */
function divisorMethod(method: Pick<Method, 'id' | 'title' | 'source'>, sequence: Divisors): Method {
  return defineMethod({
    ...method,
    style: 'list',
    takesTotals: true,
    rules,
    count: (input) => countByDivisors(method.id, input, sequence),
  })
}

function countByDivisors(id: string, input: TabulationInput<ListRules>, sequence: Divisors): Tabulation {
  return countLists(id, input, {
    allot: (lists, _places, ties) => highestAverages(lists, input.seats, sequence, ties),
    workings: (lists, places, allotment) =>
      quotientWorkings(lists, allotment, sequence, { names: input.options, places }),
  })
}

export const dhondt = divisorMethod(
  {
    id: 'dhondt',
    title: "D'Hondt (Jefferson): divisors 1, 2, 3, …",
    source: 'Ley Orgánica del Régimen Electoral General (Spain), article 163',
  },
  divisors.dhondt,
)

export const sainteLague = divisorMethod(
  {
    id: 'sainte-lague',
    title: 'Sainte-Laguë (Webster): divisors 1, 3, 5, …',
    source: 'Electoral Act 1993 (New Zealand), section 192',
  },
  divisors.sainteLague,
)

const modifiedRules = z.strictObject({
  ...listRules,
  /** The first divisor as a fraction, above 0 and below 3: 1.4 in Norway, 1.2 in Sweden since 2018. */
  firstDivisor: z
    .tuple([z.int().positive(), z.int().positive()])
    .refine(([top, bottom]) => top < 3 * bottom)
    .describe('a fraction below 3')
    .default([7, 5]),
})

export const sainteLagueModified = defineMethod({
  id: 'sainte-lague-modified',
  title: 'Modified Sainte-Laguë: divisors 1.4, 3, 5, …',
  style: 'list',
  takesTotals: true,
  source: 'Valgloven (Norway, Election Act of 2002), section 11-4',
  rules: modifiedRules,
  count: (input) => {
    const [top, bottom] = input.rules.firstDivisor
    const sequence = withFirst(fraction(top, bottom), divisors.sainteLague)
    return countByDivisors('sainte-lague-modified', input, sequence)
  },
})

export const danish = divisorMethod(
  {
    id: 'danish',
    title: 'Danish method: divisors 1, 4, 7, …',
    source: 'Folketing (Parliamentary) Elections Act (Denmark), compensatory seats of the constituencies',
  },
  divisors.danish,
)

export const imperiali = divisorMethod(
  {
    id: 'imperiali',
    title: 'Imperiali divisors: 1, 1.5, 2, …',
    source: 'Municipal elections of Belgium: quotients by 1, 1.5, 2, 2.5 and so on',
  },
  divisors.imperiali,
)

export const huntingtonHill = divisorMethod(
  {
    id: 'huntington-hill',
    title: 'Huntington-Hill: divisors √(n × (n + 1))',
    source: 'United States Code, title 2, section 2a: the method of equal proportions',
  },
  divisors.huntingtonHill,
)

const fairRepresentation = 'Balinski and Young, "Fair Representation" (1982), appendix A'

export const adams = divisorMethod(
  { id: 'adams', title: 'Adams: divisors 0, 1, 2, …', source: fairRepresentation },
  divisors.adams,
)

export const dean = divisorMethod(
  { id: 'dean', title: 'Dean: divisors 2n(n + 1) ÷ (2n + 1)', source: fairRepresentation },
  divisors.dean,
)
