import {
  compareFractions,
  cutFraction,
  type Fraction,
  fractionText,
  inCommonUnits,
} from '../exact-fraction.ts'
import type { OptionIndex } from '../option-index.ts'
import type { SeatRecord } from '../seat-record.ts'
import { electedSentence, settledTieSentence } from '../sentences.ts'
import type { Working } from '../tabulation.ts'
import type { TieQuestion } from '../ties.ts'

/** The next choice of a method that elects, or excludes, one option after the other. */
export interface CommitteeStep {
  readonly to: 'elect' | 'exclude'
  readonly among: readonly OptionIndex[]
  /** By position of the option: the highest is elected, or the lowest excluded. At least 0. */
  readonly figures: readonly Fraction[]
  /** Why the option is chosen, as it follows "A is elected:". */
  readonly because: (option: OptionIndex) => string
}

/** A method that fills a committee one option after the other, as what each choice makes of its state. */
export interface CommitteeRule<State> {
  readonly start: State
  /** The next choice; nothing when the committee is complete. */
  readonly step: (state: State) => CommitteeStep | undefined
  readonly take: (state: State, option: OptionIndex) => State
  /** Ascending. */
  readonly committee: (state: State) => readonly OptionIndex[]
  /** The same text for states that can only go on in the same way. */
  readonly key: (state: State) => string
  /** How many distinct ballots a state holds something about. */
  readonly groupCount: number
  /** What a person writes down after a choice. */
  readonly table?: (state: State, chosen: OptionIndex) => Working
}

export interface CommitteeCount {
  readonly open?: TieQuestion
  /** All that can come about by deciding ties otherwise; absent where they are too many. */
  readonly committees?: readonly (readonly OptionIndex[])[]
  readonly workings: readonly Working[]
}

/** With more ways to decide ties than this, or more distinct ballots to remember in each, they are not followed. */
const mostStates = 5000
const mostGroups = 5000

/** Makes one choice after the other, each a round. */
export function countOneByOne<State>(
  record: SeatRecord,
  rule: CommitteeRule<State>,
  names: readonly string[],
  figureTitle: string,
): CommitteeCount {
  const tables: Working[] = []
  const columns: { readonly round: number; readonly step: CommitteeStep }[] = []
  const finish = (open?: TieQuestion): CommitteeCount => {
    const committees = record.ties.length === 0 && !open ? [rule.committee(state)] : everyCommittee(rule)
    return {
      ...(open && { open }),
      ...(committees && { committees }),
      workings: [figureTable(figureTitle, names, columns), ...tables],
    }
  }
  let state = rule.start
  for (let step = rule.step(state); step; ) {
    const { to, among, figures } = step
    const settled = record.choose({ among, figures: inCommonUnits(figures), places: 1, to })
    columns.push({ round: record.round, step })
    const round = {
      votes: names.map((_, option) => (among.includes(option) ? cutFraction(figures[option]!) : '0')),
    }
    if (settled.kind === 'tied') {
      record.finishRound({
        ...round,
        action: { kind: 'count' },
        elected: [],
        sentence: 'The options are compared.',
      })
      return finish(settled.question)
    }
    const chosen = settled.chosen[0]!
    state = rule.take(state, chosen)
    const next = rule.step(state)
    const tie = settled.tie ? `${settledTieSentence(settled.tie, names)} ` : ''
    const left = to === 'exclude' && !next ? rule.committee(state) : []
    if (to === 'exclude') record.exclude([chosen])
    record.finishRound({
      ...round,
      action: to === 'elect' ? { kind: 'choose', option: chosen } : { kind: 'exclude', options: [chosen] },
      elected: to === 'elect' ? [chosen] : left,
      sentence: [
        `${tie}${names[chosen]} is ${to === 'elect' ? 'elected' : 'excluded'}: ${step.because(chosen)}.`,
        ...(left.length > 0 ? [electedSentence(left, names)!] : []),
      ].join(' '),
    })
    if (rule.table) tables.push(rule.table(state, chosen))
    step = next
  }
  return finish()
}

/** The committees that can come about, following every decision of every tie. */
function everyCommittee<State>(rule: CommitteeRule<State>): readonly (readonly OptionIndex[])[] | undefined {
  if (rule.groupCount > mostGroups) return undefined
  const seen = new Set<string>()
  const committees = new Map<string, readonly OptionIndex[]>()
  const left: State[] = [rule.start]
  for (let state = left.pop(); state !== undefined; state = left.pop()) {
    const step = rule.step(state)
    if (!step) {
      const committee = rule.committee(state)
      committees.set(committee.join(), committee)
      continue
    }
    for (const option of bestOf(step)) {
      const next = rule.take(state, option)
      const key = rule.key(next)
      if (seen.size >= mostStates) return undefined
      if (seen.has(key)) continue
      seen.add(key)
      left.push(next)
    }
  }
  return inAscendingOrder([...committees.values()])
}

export function inAscendingOrder(
  committees: readonly (readonly OptionIndex[])[],
): (readonly OptionIndex[])[] {
  return [...committees].sort((a, b) => {
    const differs = a.findIndex((option, position) => option !== b[position])
    return differs === -1 ? a.length - b.length : a[differs]! - (b[differs] ?? -1)
  })
}

function bestOf({ to, among, figures }: CommitteeStep): OptionIndex[] {
  const sign = to === 'exclude' ? -1 : 1
  let best: OptionIndex[] = []
  for (const option of among) {
    const order = best.length === 0 ? 1 : sign * compareFractions(figures[option]!, figures[best[0]!]!)
    if (order > 0) best = [option]
    else if (order === 0) best.push(option)
  }
  return best
}

function figureTable(
  title: string,
  names: readonly string[],
  columns: readonly { readonly round: number; readonly step: CommitteeStep }[],
): Working {
  return {
    title,
    head: ['Option', ...columns.map(({ round }) => `Round ${round}`)],
    rows: names.map((name, option) => [
      name,
      ...columns.map(({ step }) => (step.among.includes(option) ? fractionText(step.figures[option]!) : '')),
    ]),
  }
}
