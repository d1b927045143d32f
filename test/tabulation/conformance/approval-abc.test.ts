import { selectionGroups } from '../../../src/tabulation/ballot-grouping.ts'
import type { BallotGroups } from '../../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import type { Tabulation } from '../../../src/tabulation/tabulation.ts'
import { conformanceSuite, matched, sameOrDiffers, type Verdict } from '../../support/conformance.ts'
import { corpusText, type Expectation } from '../../support/tabulation-corpus.ts'

/** The rules of abcvoting that urna has, and as what. */
const offered: Readonly<Record<string, { readonly id: string; readonly rules?: object }>> = {
  av: { id: 'approval-vote' },
  sav: { id: 'sav' },
  pav: { id: 'pav' },
  slav: { id: 'pav', rules: { weights: 'sainte-lague' } },
  geom2: { id: 'pav', rules: { weights: 'geometric' } },
  seqpav: { id: 'pav', rules: { algorithm: 'sequential' } },
  seqslav: { id: 'pav', rules: { algorithm: 'sequential', weights: 'sainte-lague' } },
  revseqpav: { id: 'pav', rules: { algorithm: 'reverse sequential' } },
  cc: { id: 'cc' },
  lexcc: { id: 'cc', rules: { secondly: 'at least two' } },
  adams: { id: 'cc', rules: { secondly: 'adams' } },
  seqcc: { id: 'cc', rules: { algorithm: 'sequential' } },
  seqphragmen: { id: 'phragmen-seq' },
  'equal-shares': { id: 'equal-shares' },
  'equal-shares-with-av-completion': { id: 'equal-shares', rules: { completion: 'approvals' } },
  'equal-shares-with-increment-completion': {
    id: 'equal-shares',
    rules: { completion: 'larger budgets' },
  },
}

/** A profile is a list of lists of options, in brackets over several lines. */
function readProfile(text: string, optionCount: number): BallotGroups {
  const profile = JSON.parse(/profile:\s*(\[\[[\s\S]*?\]\])/.exec(text)![1]!) as number[][]
  const grouping = selectionGroups(optionCount)
  for (const approved of profile) grouping.add(approved)
  return grouping.finish()
}

type Committees = readonly (readonly number[])[]
type AbcExpectation = Omit<Expectation, 'options'> & {
  readonly committees: Committees
  readonly options: { readonly resolute: boolean }
}

/** All committees that a tie for the last seats allows. */
function committeesOf(tabulation: Tabulation): Committees {
  if (tabulation.committees) return tabulation.committees
  const certain = tabulation.winners.map(({ option }) => option)
  if (tabulation.outcome.kind !== 'tied') return [certain]
  const { among, choose } = tabulation.outcome.tie
  return subsets(among, choose).map((chosen) => [...certain, ...chosen])
}

function subsets(options: readonly number[], size: number): number[][] {
  if (size === 0) return [[]]
  return options.flatMap((option, position) =>
    subsets(options.slice(position + 1), size - 1).map((rest) => [option, ...rest]),
  )
}

const inOrder = (committees: Committees) =>
  committees.map((committee) => [...committee].sort((a, b) => a - b).join(' ')).sort()

conformanceSuite('approval-abc', (corpusCase, expectation): Verdict => {
  const { rule, seats, committees, options } = expectation as unknown as AbcExpectation
  const method = offered[rule!]
  if (!method) return { kind: 'skipped', why: `not offered: ${rule}` }
  const names = corpusCase.candidates
  const count = (ties: readonly string[]) =>
    methodById(method.id).tabulate({
      options: names,
      seats,
      ballots: readProfile(corpusText(corpusCase), names.length),
      rules: { ...method.rules, ties },
      tieBreaks: {},
    })
  const decided = count(['order given']).winners.map(({ option }) => option)
  if (!inOrder(committees).includes(inOrder([decided])[0]!)) {
    return { kind: 'differs', how: `elects ${decided}, which is none of the committees expected` }
  }
  if (options.resolute) return matched
  return sameOrDiffers(inOrder(committeesOf(count([]))), inOrder(committees))
})
