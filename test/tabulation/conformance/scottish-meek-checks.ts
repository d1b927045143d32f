import { type Checks, skipAll } from '../../support/conformance-checks.ts'

export const scottishMeekChecks: Checks = skipAll(
  [
    'meek-nz',
    'meek-nz-openstv',
    'meek-openstv',
    'meek-prf-droop',
    'warren-droop',
    'warren-openstv',
    'qpq-droop',
    'qpq-openstv',
  ],
  'checked once the method is there',
)
