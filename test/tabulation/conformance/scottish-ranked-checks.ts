import { type Checks, skipAll } from '../../support/conformance-checks.ts'

export const scottishRankedChecks: Checks = skipAll(
  ['borda-openstv', 'bucklin-openstv', 'coombs-openstv', 'supplementary-vote-openstv'],
  'checked once the method is there',
)
