import type { Checks } from '../../support/conformance-checks.ts'
import { documentedRules } from '../../support/documented-rules.ts'
import { droopCheck } from '../../support/droop-stages.ts'

const batch = documentedRules('stv-wigm', 'The reference rule with its optional step')

/** Every product and every quotient of that program is cut, whatever the rules say of them. */
const cutTwice = { transferValue: 'weighted product first' }

const cfer = { ...documentedRules('stv-wigm', 'Californians for Electoral Reform'), ...cutTwice }

export const droopGregoryChecks: Checks = {
  scotland: droopCheck('stv-scottish', { ties: ['backwards', 'ask'] }),
  wigm: droopCheck('stv-wigm', {
    quota: 'exact droop',
    places: 'exact',
    termination: 'as many continue as seats are vacant',
  }),
  // By its paragraph B.4 the papers of the last excluded stay; that program moves them.
  'wigm-prf': droopCheck('stv-wigm', { termination: 'as many continue as seats are vacant' }),
  'wigm-prf-batch': droopCheck('stv-wigm', batch),
  cfer: droopCheck('stv-wigm', cfer),
  'cfer-batch': droopCheck('stv-wigm', {
    ...cfer,
    exclusion: 'sure losers together keeping the order',
    deferral: 'while it cannot change an exclusion',
  }),
  // By section 167.70 (c) (1) f the count ends as soon as as many continue as seats are left; that program
  // transfers the surpluses that there still are.
  mpls: droopCheck('stv-wigm', {
    ...documentedRules('stv-wigm', 'Minneapolis'),
    ...cutTwice,
    termination: 'as many continue and nothing is to be transferred',
  }),
}
