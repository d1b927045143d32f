import { describe, expect, test } from 'vitest'
import { methodById } from '../../../src/tabulation/registry.ts'
import { readCondorcet } from '../../support/condorcet-format.ts'
import { corpusCases } from '../../support/tabulation-corpus.ts'

/**
 * Elections of Debian's project leader since its constitution counts so, and who became it: www.debian.org/vote.
 * The last option of each is the default option. The quorum, of three
 * times half the square root of the number of developers, is about 47 with a thousand of them.
 */
const leaders: Readonly<Record<string, string>> = {
  D05: 'Branden Robinson',
  D07: 'Sam Hocevar',
  D09: 'Steve McIntyre',
  D11: 'Stefano Zacchiroli',
  D13: 'Lucas Nussbaum',
  D15: 'Neil McGovern',
  D17: 'Chris Lamb',
  D19: 'Sam Hartman',
  D21: 'Jonathan Carter',
}

const cases = corpusCases('condorcet-tideman').filter(({ id }) => id.split('/')[1]! in leaders)

describe.skipIf(cases.length === 0)('Debian, by the rules of its constitution', () => {
  test.each(cases.map((corpusCase) => [corpusCase.id.split('/')[1]!, corpusCase] as const))(
    'elected the leader of %s',
    (name, corpusCase) => {
      const { options, ballots } = readCondorcet(corpusCase)
      const rules = {
        strength: 'winning votes then against',
        ...{ defaultOption: options.at(-1), quorum: '47', ties: ['ask'] },
      }
      const tabulation = methodById('schulze').tabulate({ options, seats: 1, ballots, rules, tieBreaks: {} })
      expect(tabulation.winners.map(({ option }) => options[option])).toEqual([leaders[name]])
    },
  )
})
