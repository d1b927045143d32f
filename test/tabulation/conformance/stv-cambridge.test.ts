import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { formats } from '../../../src/interchange/formats.ts'
import type { BallotGroups } from '../../../src/tabulation/ballot-groups.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceSuite, sameOrDiffers } from '../../support/conformance.ts'
import { expectedVotes, expectedWinners, votesByName, winnersByName } from '../../support/stages.ts'
import { comparableName, type Expectation } from '../../support/tabulation-corpus.ts'

conformanceSuite('stv-cambridge', ({ folder, ballots: [file] }, expectation) => {
  const csv = formats.find(({ id }) => id === 'csv')!
  const reader = csv.reader({ irregularities: 'warned of', order: 'kept' })
  reader.write(gunzipSync(readFileSync(join(folder, file!.file))))
  const { options, ballots } = reader.end()
  const tabulation = methodById('stv-cambridge').tabulate({
    options,
    seats: expectation.seats,
    ballots: ballots as BallotGroups,
    rules: { ties: ['order given'] },
    tieBreaks: {},
  })
  const names = options.map(comparableName)
  const { official_winners } = expectation as Expectation & { readonly official_winners: readonly string[] }
  const elected = winnersByName(names, tabulation)
  const byRound = (winners: readonly { readonly round: number; readonly name: string | undefined }[]) =>
    winners.map(({ round, name }) => `${round} ${name}`).sort()
  return sameOrDiffers(
    {
      official: elected.map(({ name }) => name).sort(),
      winners: byRound(elected),
      quota: tabulation.rounds[0]!.quota,
      rounds: tabulation.rounds.map((round) => ({
        votes: votesByName(names, round),
        exhausted: round.exhausted,
        surplus: round.surplus,
      })),
    },
    {
      official: official_winners.map(comparableName).sort(),
      winners: byRound(expectedWinners(expectation)),
      quota: expectation.quota,
      rounds: expectation.rounds.map(({ tallies, exhausted, surplus }) => ({
        votes: expectedVotes(tallies),
        exhausted,
        surplus,
      })),
    },
  )
})
