import * as z from 'zod'
import { countThiele } from '../committees/thiele-count.ts'
import { defineMethod } from '../define-method.ts'
import { tieRulesSchema } from '../tie-rules.ts'

/** Each ballot approves options; the committee is elected in which all ballots find most, with diminishing returns. */
export const pav = defineMethod({
  id: 'pav',
  title: 'Proportional approval voting',
  style: 'approval',
  takesTotals: false,
  source:
    'Thiele, "Om Flerfoldsvalg" (1895); Lackner and Skowron, "Multi-Winner Voting with Approval Preferences" (2023)',
  rules: z.strictObject({
    /** Compare all committees; or add the best option again and again; or remove the worst. */
    algorithm: z.enum(['exact', 'sequential', 'reverse sequential']).default('exact'),
    /** What a ballot's first, second, third member is worth to it: 1, 1/2, 1/3; 1, 1/3, 1/5; or 1, 1/2, 1/4. */
    weights: z.enum(['harmonic', 'sainte-lague', 'geometric']).default('harmonic'),
    ties: tieRulesSchema.default(['lot']),
  }),
  count: (input) => countThiele('pav', input),
})

const secondWeights = {
  nothing: 'at least one',
  'at least two': 'at least one, then at least two',
  adams: 'at least one, then adams',
} as const

/** Each ballot approves options; the committee is elected in which most ballots find at least one that they approve. */
export const chamberlinCourant = defineMethod({
  id: 'cc',
  title: 'Approval Chamberlin–Courant',
  style: 'approval',
  takesTotals: false,
  source:
    'Chamberlin and Courant, "Representative Deliberations and Representative Decisions", American Political Science Review 77 (1983); for approvals Thiele (1895)',
  rules: z
    .strictObject({
      algorithm: z.enum(['exact', 'sequential']).default('exact'),
      /**
       * What tells committees apart that represent equally many ballots: nothing; by how many two, then three
       * members are approved; or Adams's divisors, by which a ballot's second member is worth 1, its third 1/2.
       */
      secondly: z.enum(['nothing', 'at least two', 'adams']).default('nothing'),
      ties: tieRulesSchema.default(['lot']),
    })
    .refine(({ algorithm, secondly }) => algorithm === 'exact' || secondly === 'nothing', {
      message: 'only the exact algorithm compares whole committees any further',
    }),
  count: ({ rules, ...input }) => {
    const { algorithm, ties, secondly } = rules
    return countThiele('cc', { ...input, rules: { algorithm, ties, weights: secondWeights[secondly] } })
  },
})
