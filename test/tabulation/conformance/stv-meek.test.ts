import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceSuite, matched, type Verdict } from '../../support/conformance.ts'
import { droopMeekCheck, newZealandCheck } from '../../support/meek-stages.ts'
import { type CorpusCase, corpusBallots, type Expectation } from '../../support/tabulation-corpus.ts'

/** The rules of stv-rs. It excludes at a surplus of omega, and the others below it. */
function stvRsRules({ id, options }: Expectation): object {
  const overvotes = options!.equalize ? 'split by every order' : 'split in equal parts'
  const approximate = { arithmetic: 'exact', places: 12, keepPlaces: 6, omega: '0.000001000000000001' }
  const fixed = { omega: '0.000001001' }
  return { share: 'both cut', overvotes, ...(id.includes('approx') ? approximate : fixed) }
}

function check(corpusCase: CorpusCase, expectation: Expectation): Verdict {
  const { id, method } = expectation
  if (id === 'meek-nz') return newZealandCheck(corpusCase, expectation)
  if (method === 'plurality-block') {
    return { kind: 'skipped', why: 'block voting takes selections here, and that case splits shared ranks' }
  }
  if (id === 'droop.err') return countsWhereDroopFails(corpusCase)
  if (id.includes('approx') && corpusCase.id.endsWith('rand_mixed_5k')) {
    return {
      kind: 'skipped',
      why: 'exact fractions of 5,000 ballots with shared ranks take minutes; counted at nine places instead',
    }
  }
  return droopMeekCheck('stv-meek', stvRsRules(expectation))(corpusCase, expectation)
}

/** The program droop ends in an error there. */
function countsWhereDroopFails(corpusCase: CorpusCase): Verdict {
  const { options, ballots, withdrawn, seats } = corpusBallots(corpusCase)
  const { outcome } = methodById('stv-meek').tabulate({
    options,
    withdrawn,
    seats: seats!,
    ballots,
    rules: { ties: ['order given'] },
    tieBreaks: {},
  })
  return outcome.kind === 'decided' ? matched : { kind: 'differs', how: outcome.kind }
}

conformanceSuite('stv-meek', check)
