import { microsPerVote } from '../register/weights.ts'
import type { Contest } from './contests.ts'
import type { Election } from './find-election.ts'
import { rightsOf } from './rights.ts'

/** What of an election concerns papers. */
export interface PaperFacts {
  readonly election: Pick<Election, 'slug' | 'rights' | 'visibility'>
  readonly contests: readonly Contest[]
  /** How many credentials have each weight, in millionths of a vote. */
  readonly weights: ReadonlyMap<number, number>
}

interface PaperFinding {
  level: 'blocks'
  code: 'paper-not-countable'
  message: string
  command: string
}

/** Why papers could not be counted with the ballots that are cast here. */
export function paperFindings({ election, contests, weights }: PaperFacts): PaperFinding[] {
  const { slug, visibility } = election
  if (!rightsOf(election).paperBallots) return []
  const blocks = (message: string, command: string): PaperFinding => ({
    level: 'blocks',
    code: 'paper-not-countable',
    ...{ message, command },
  })
  if (visibility !== 'secret') {
    return [
      blocks(
        'Papers name nobody: they are counted in secret elections, and in no other.',
        `urna election edit ${slug} --visibility secret`,
      ),
    ]
  }
  const unequal = [...weights.keys()].some((weight) => weight !== microsPerVote)
  return [
    ...(unequal
      ? [
          blocks(
            'A paper is one vote, and some voters weigh another number of votes.',
            `urna election edit ${slug} --equal-weights`,
          ),
        ]
      : []),
    ...contests
      .filter(({ write_in }) => write_in === 1)
      .map(({ title, position }) =>
        blocks(
          `In "${title}" names may be written in, which papers that are typed in can't have.`,
          `urna contest edit ${position} ${slug} --no-write-in`,
        ),
      ),
  ]
}
