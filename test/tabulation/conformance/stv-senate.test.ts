import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readBlt } from '../../../src/interchange/blt.ts'
import { methodById } from '../../../src/tabulation/registry.ts'
import { conformanceSuite, sameOrDiffers } from '../../support/conformance.ts'
import type { CorpusCase, Expectation } from '../../support/tabulation-corpus.ts'

/** A count of the Commission's distribution of preferences. */
interface PublishedCount {
  readonly action: string
  readonly from: readonly string[]
  /** As a decimal, to as many places as the source shows. */
  readonly transfer_value: string | null
  readonly tallies: Readonly<Record<string, string>>
  readonly exhausted: string
  readonly loss_by_fraction: string
  readonly elected: readonly string[]
}

type SenateExpectation = Omit<Expectation, 'rounds' | 'winners'> & {
  readonly formal_papers: number
  readonly rounds: readonly PublishedCount[]
  readonly winners: readonly { readonly name: string; readonly count: number }[]
  readonly excluded: readonly { readonly name: string; readonly count: number }[]
}

function ballotsOf({ folder, ballots }: CorpusCase) {
  return readBlt(gunzipSync(readFileSync(join(folder, ballots[0]!.file))).toString())
}

/** To the places that both show. */
function cutValue(value: string | null | undefined): number {
  return Number((value ?? '0').slice(0, 14))
}

conformanceSuite('stv-senate', (corpusCase, expectation) => {
  const { options, ballots } = ballotsOf(corpusCase)
  const expected = expectation as unknown as SenateExpectation
  const { seats } = expectation
  const { rounds, winners, statuses, statistics } = methodById('stv-senate-aus').tabulate({
    options,
    seats,
    ballots,
    rules: { ties: ['backwards'] },
    tieBreaks: {},
  })
  const named = (all: readonly number[]) => all.map((option) => options[option]!)
  const excludedIn = statuses.flatMap((status, option) =>
    status.kind === 'excluded' ? [{ name: options[option]!, count: status.round - 1 }] : [],
  )
  return sameOrDiffers(
    {
      quota: rounds[0]!.quota,
      formal: statistics.valid,
      winners: winners.map(({ option, round }) => [options[option], round]),
      excluded: excludedIn.sort((a, b) => a.count - b.count),
      counts: rounds.map(({ action, votes, exhausted, loss, elected, transfers }) => ({
        votes: Object.fromEntries(options.map((name, option) => [name, votes[option]])),
        exhausted,
        loss,
        elected: named(elected),
        from: transfers.map(({ from }) => options[from]),
        value: cutValue(action.kind === 'exclude' ? action.value : transfers[0]?.values[0]?.after),
      })),
    },
    {
      quota: expected.quota,
      formal: String(expected.formal_papers),
      winners: expected.winners.map(({ name, count }) => [name, count]),
      // The Commission gives the count after which somebody is excluded, urna the one that begins with it.
      excluded: expected.excluded.map(({ name, count }) => ({ name, count })),
      counts: expected.rounds.map(
        ({ tallies, exhausted, loss_by_fraction, elected, from, transfer_value }) => ({
          // Those who are out and hold no votes are not listed.
          votes: { ...Object.fromEntries(options.map((name) => [name, '0'])), ...tallies },
          exhausted,
          loss: loss_by_fraction,
          elected: [...elected],
          from: [...from],
          value: cutValue(transfer_value),
        }),
      ),
    },
  )
})
