import type { Check, Checks } from '../../support/conformance-checks.ts'
import { droopMeekCheck } from '../../support/meek-stages.ts'
import { qpqCheck } from '../../support/qpq-stages.ts'

const sureLosers = {
  exclusion: 'sure losers while surplus is left',
  stalled: 'surplus does not fall',
}

/** The generic rules of droop, by its arithmetic. */
export const droopRules = {
  guarded: { ...sureLosers, arithmetic: 'quasi-exact', places: 18, omega: '0.000000001' },
  rational: { ...sureLosers, arithmetic: 'exact', places: 12, omega: '0.0000000001' },
}

function byArithmetic(method: string, rules: object): Check {
  return (corpusCase, expectation) => {
    const isRational = String(expectation.options?.arithmetic).startsWith('rational')
    const arithmetic = isRational ? droopRules.rational : droopRules.guarded
    return droopMeekCheck(method, { ...rules, ...arithmetic })(corpusCase, expectation)
  }
}

export const droopMeekChecks: Checks = {
  meek: byArithmetic('stv-meek', { share: 'both cut' }),
  'meek-prf': droopMeekCheck('stv-meek', {}),
  warren: byArithmetic('stv-warren', {}),
  qpq: qpqCheck,
}
