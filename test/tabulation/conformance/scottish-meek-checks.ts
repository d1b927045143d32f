import type { Checks } from '../../support/conformance-checks.ts'
import { droopMeekCheck, newZealandCheck, openStvMeekCheck } from '../../support/meek-stages.ts'
import { qpqCheck } from '../../support/qpq-stages.ts'
import { droopRules } from './droop-meek-checks.ts'

/** Meek's method and Warren's as OpenSTV counts them. */
const openStvRules = {
  places: 6,
  omega: '0.000001',
  keepRounding: 'up once',
  surplus: 'above the quota',
  exclusion: 'sure losers',
  stalled: 'no keep value falls',
  tiedWith: 'equal votes',
  rounds: 'each iteration',
}

/** As Hill's program, but with a quota of the same kind for one seat. */
const openStvNewZealand = {
  exclusion: 'as Hill',
  omega: '0.0001',
  surplus: 'above the quota',
  stalled: 'no keep value falls',
  tiedWith: 'equal votes',
  rounds: 'each iteration',
}

export const scottishMeekChecks: Checks = {
  'meek-nz': newZealandCheck,
  'meek-nz-openstv': openStvMeekCheck('stv-meek', openStvNewZealand),
  'meek-openstv': openStvMeekCheck('stv-meek', { ...openStvRules, share: 'both cut, by the pile' }),
  'warren-openstv': openStvMeekCheck('stv-warren', openStvRules),
  'meek-prf-droop': droopMeekCheck('stv-meek', {}),
  'warren-droop': droopMeekCheck('stv-warren', droopRules.guarded),
  'qpq-droop': qpqCheck,
  'qpq-openstv': qpqCheck,
}
