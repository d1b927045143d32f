import type { PaperRecord } from '../voting/paper/paper-schema.ts'

/** The numbers of an election that have to fit each other. */
export interface Reckoning {
  rights: number
  marks: number
  ballots: number
  recasts: number
  counted: number
  /** Undefined where nobody votes on paper. */
  paper?: Pick<PaperRecord, 'struck' | 'issued' | 'spoiled' | 'papers'> | undefined
  /** In the public archive, by the verifier. */
  archived: number
  contests: readonly {
    title: string
    /** Millionths of a vote, as the others are. */
    cast: bigint
    valid: bigint
    blank: bigint
    invalid: bigint
  }[]
}

export interface Difference {
  /** By which an incident explains it. */
  id: string
  sentence: string
}

/**
 * Where the numbers do not add up. Each rule says what it holds against what: nothing enters the box without a mark, no
 * voter counts twice, nothing that was cast is lost in the count.
 */
export function differencesIn(reckoning: Reckoning): Difference[] {
  const { rights, marks, ballots, recasts, counted, archived, contests, paper } = reckoning
  const online = marks - (paper?.struck ?? 0)
  const found: Difference[] = []
  const expect = (holds: boolean, id: string, sentence: string) => {
    if (!holds) found.push({ id, sentence })
  }
  expect(marks <= rights, 'marks-rights', `${marks} voters are marked, and ${rights} are on the roll`)
  expect(
    counted === online,
    'counted-marks',
    paper === undefined
      ? `${counted} ballots are counted, and ${marks} voters are marked`
      : `${counted} sealed ballots are counted, and ${online} voters are marked who did not vote on paper`,
  )
  expect(
    ballots === counted + recasts,
    'ballots-counted',
    `${ballots} ballots are in the box, ${counted} are counted and ${recasts} were replaced`,
  )
  expect(
    archived === counted,
    'archive-counted',
    `${archived} ballots count in the archive, and ${counted} in the box`,
  )
  found.push(...(paper === undefined ? [] : paperDifferences(paper)))
  for (const [index, { title, cast, valid, blank, invalid }] of contests.entries()) {
    expect(
      cast === valid + blank + invalid,
      `contest-${index + 1}`,
      `"${title}": ${votesOf(cast)} were cast, and ${votesOf(valid)} valid, ${votesOf(blank)} blank and ${votesOf(invalid)} invalid make ${votesOf(valid + blank + invalid)}`,
    )
  }
  return found
}

/** Each paper that was handed out is of a voter who was struck off, and comes back into the box, or spoiled. */
export function paperDifferences({
  struck,
  issued,
  spoiled,
  papers,
}: NonNullable<Reckoning['paper']>): Difference[] {
  return [
    ...(struck === issued - spoiled
      ? []
      : [
          {
            id: 'paper-struck',
            sentence: `${struck} voters were struck off for paper, and ${issued} papers were issued, ${spoiled} of them to replace spoiled ones`,
          },
        ]),
    ...(issued === papers + spoiled
      ? []
      : [
          {
            id: 'paper-returned',
            sentence: `${issued} papers were issued, and ${papers} are in the batches and ${spoiled} were given back spoiled`,
          },
        ]),
  ]
}

/** An exact decimal of so many millionths of a vote. */
export function votesOf(micros: bigint): string {
  const text = `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`
  return text.replace(/\.?0+$/, '')
}
