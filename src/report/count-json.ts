import type { z } from 'zod'
import type { OptionIndex } from '../tabulation/option-index.ts'
import type { Round, Tabulation } from '../tabulation/tabulation.ts'
import type { Tie, TieDecision, TieQuestion } from '../tabulation/ties.ts'
import type { CountReport } from './count-report.ts'
import type { countSchema } from './count-schema.ts'
import { outcomeSentence, tieSentence } from './narrative.ts'

export type CountJson = z.infer<typeof countSchema>

/** The count as the published schema has it: by the names of the options, which are distinct. */
export function countJson(report: CountReport): CountJson {
  const { tabulation, method, file } = report
  const { options, seats, winners, statuses, rounds, ties, statistics } = tabulation
  const named = namesOf(options)
  const { ranking, seatsWon, pairwise, workings, committees } = tabulation
  return {
    method: method.id,
    seats,
    quota: rounds.findLast(({ quota }) => quota !== undefined)?.quota ?? null,
    winners: winners.map(({ option, round }) => ({ name: options[option]!, round })),
    outcome: outcomeOf(tabulation),
    rounds: rounds.map((round) => roundOf(round, tabulation)),
    ties: ties.map((tie) => tieOf(tie, options)),
    statistics,
    statuses: byName(options, (option) => statuses[option]!),
    ...(ranking && { ranking: ranking.map(named) }),
    ...(seatsWon && { seatsWon: byName(options, (option) => seatsWon[option]!) }),
    ...(pairwise && {
      pairwise: {
        votes: matrixOf(pairwise.votes, options),
        ...(pairwise.strengths && { strengths: matrixOf(pairwise.strengths, options) }),
      },
    }),
    ...(workings && {
      workings: workings.map(({ title, head, rows }) => ({
        title,
        head: [...head],
        rows: rows.map((row) => [...row]),
      })),
    }),
    ...(committees && { committees: committees.map(named) }),
    ...(report.trace && {
      trace: { ...report.trace, rounds: report.trace.rounds.map((round) => ({ ...round })) },
    }),
    title: report.title,
    options: [...options],
    withdrawn: options.filter((_, option) => statuses[option]!.kind === 'withdrawn'),
    methodTitle: method.title,
    source: method.source,
    rules: { ...report.rules },
    seatsFrom: report.seatsFrom,
    ...(report.seed !== undefined && { seed: report.seed }),
    file: { name: file.name, format: file.format.id, sha256: file.sha256 },
    warnings: report.warnings.map((warning) => ({ ...warning })),
    remarks: [...report.remarks],
    urna: report.version,
  }
}

function outcomeOf(tabulation: Tabulation): CountJson['outcome'] {
  const { outcome, options, winners, seats } = tabulation
  return {
    kind: outcome.kind,
    ...(outcome.kind === 'tied' && { tie: questionOf(outcome.tie, options) }),
    ...(outcome.kind === 'runoff' && { contenders: namesOf(options)(outcome.contenders) }),
    sentence: outcomeSentence({ tabulation, seats, winners: winners.map(({ option }) => options[option]!) }),
  }
}

function roundOf(round: Round, { options, statuses }: Tabulation): CountJson['rounds'][number] {
  const { number, action, votes, elected, loss, exhausted, quota, surplus, transfers, traced, inactive } =
    round
  const named = namesOf(options)
  const excluded = [...options.keys()].filter((option) => {
    const status = statuses[option]!
    return status.kind === 'excluded' && status.round === number
  })
  return {
    round: number,
    action: {
      kind: action.kind,
      options: 'options' in action ? named(action.options) : 'option' in action ? named([action.option]) : [],
      ...('value' in action && action.value !== undefined && { value: action.value }),
    },
    votes: votes.length === 0 ? {} : byName(options, (option) => votes[option]!),
    elected: named(elected),
    excluded: named(excluded),
    nonTransferable: loss,
    exhausted,
    ...(inactive && { inactive }),
    ...(quota !== undefined && { quota }),
    ...(surplus !== undefined && { surplus }),
    transfers: transfers.map((transfer) => ({
      from: options[transfer.from]!,
      to: receivedByName(transfer.to, options),
      kept: transfer.kept,
      exhausted: transfer.exhausted,
      nonTransferable: transfer.loss,
      values: transfer.values.map((value) => ({ ...value })),
    })),
    ...(traced && { traced: receivedByName(traced, options) }),
    sentence: round.sentence,
  }
}

function tieOf(tie: Tie, options: readonly string[]): CountJson['ties'][number] {
  return {
    ...questionOf(tie, options),
    decisions: tie.decisions.map((decision) => decisionOf(decision, options)),
    ...(tie.chosen && { chosen: namesOf(options)(tie.chosen) }),
    sentence: tieSentence(tie, options),
  }
}

function questionOf({ round, to, among, choose }: TieQuestion, options: readonly string[]) {
  return { round, to, among: namesOf(options)(among), choose }
}

function decisionOf(
  decision: TieDecision,
  options: readonly string[],
): CountJson['ties'][number]['decisions'][number] {
  switch (decision.by) {
    case 'backwards':
    case 'forwards':
      return { by: decision.by, rounds: [...decision.rounds] }
    case 'lot': {
      const { by, seed, tickets } = decision
      return {
        by,
        seed,
        tickets: Object.fromEntries(tickets.map(({ option, ticket }) => [options[option]!, ticket])),
      }
    }
    case 'pseudo-random': {
      const { by, numbers } = decision
      return {
        by,
        numbers: Object.fromEntries(numbers.map(({ option, number }) => [options[option]!, number])),
      }
    }
    case 'comparison': {
      const { by, of, figures } = decision
      return {
        by,
        of,
        figures: Object.fromEntries(figures.map(({ option, figure }) => [options[option]!, figure])),
      }
    }
    case 'order given':
    case 'ask':
      return { by: decision.by }
  }
}

function namesOf(options: readonly string[]): (of: readonly OptionIndex[]) => string[] {
  return (of) => of.map((option) => options[option]!)
}

function byName<T>(options: readonly string[], value: (option: OptionIndex) => T): Record<string, T> {
  return Object.fromEntries(options.map((name, option) => [name, value(option)]))
}

function receivedByName(
  received: readonly { readonly option: OptionIndex; readonly votes: string }[],
  options: readonly string[],
): Record<string, string> {
  return Object.fromEntries(received.map(({ option, votes }) => [options[option]!, votes]))
}

/** Without the cells of an option beside itself. */
function matrixOf(
  matrix: readonly (readonly string[])[],
  options: readonly string[],
): Record<string, Record<string, string>> {
  return byName(options, (row) =>
    Object.fromEntries(
      options.flatMap((name, column) => (row === column ? [] : [[name, matrix[row]?.[column] ?? '']])),
    ),
  )
}
