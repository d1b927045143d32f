import { join } from 'node:path'
import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceSuite, sameOrDiffers } from '../../support/conformance.ts'
import { readCorpusFiles } from '../../support/corpus-file.ts'
import { expectedVotes, expectedWinners, votesByName, winnersByName } from '../../support/stages.ts'
import { comparableName } from '../../support/tabulation-corpus.ts'

conformanceSuite('irv-nsw-la', ({ folder, ballots: files }, expectation) => {
  const { options, ballots } = readCorpusFiles([join(folder, files[0]!.file)])
  const names = options.map(comparableName)
  const tabulation = methodById('irv').tabulate({ options, seats: 1, ballots, rules: {}, tieBreaks: {} })
  return sameOrDiffers(
    {
      winners: winnersByName(names, tabulation),
      rounds: tabulation.rounds.map((round) => [votesByName(names, round), Number(round.exhausted)]),
    },
    {
      winners: expectedWinners(expectation),
      rounds: expectation.rounds.map((round) => [expectedVotes(round.tallies), Number(round.exhausted)]),
    },
  )
})
