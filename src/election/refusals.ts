import { Refusal } from '../errors.ts'
import type { ElectionStatus } from '../store/unit-of-work.ts'
import type { ContestFault } from './contest-draft.ts'

export class ElectionNotFound extends Refusal {
  readonly code = 'election-not-found'
  constructor(slug: string | undefined) {
    super(
      slug === undefined ? 'There is no election in this file yet.' : `There is no election called ${slug}.`,
      slug === undefined ? {} : { election: slug },
      slug === undefined ? 'Make one with: urna election create' : 'See them all with: urna election list',
    )
  }
}

export class ElectionAmbiguous extends Refusal {
  readonly code = 'election-ambiguous'
  constructor(elections: readonly string[]) {
    super('There are several elections in this file.', { elections }, `Say which: ${elections.join(', ')}`)
  }
}

export class ElectionExists extends Refusal {
  readonly code = 'election-exists'
  constructor(slug: string) {
    super(
      `There is an election called ${slug} already.`,
      { election: slug },
      'Give the new one another short name, or see the one there is with: urna election show',
    )
  }
}

export class WrongState extends Refusal {
  readonly code = 'wrong-state'
  constructor(options: { election: string; status: ElectionStatus; deed: string; hint?: string }) {
    const { election, status, deed, hint } = options
    super(
      `${election} is ${status === 'draft' ? 'still a draft' : status}, so it is not possible to ${deed}.`,
      { election, status, deed },
      hint ?? `What can be done with it: urna election show ${election}`,
    )
  }
}

export class RunoffNotReset extends Refusal {
  readonly code = 'runoff-not-reset'
  constructor(election: string) {
    super(
      `${election} is a runoff, whose voters keep the tokens of the first election: it is not reset.`,
      { election },
      'Cancel it, and make another with: urna runoff create',
    )
  }
}

/** Another officer was faster. */
export class ElectionChanged extends Refusal {
  readonly code = 'election-changed'
  constructor(options: { election: string }) {
    super(
      `${options.election} was changed after you had read it, so nothing was changed now.`,
      options,
      'Read it again, and see whether your change is still wanted.',
    )
  }
}

export class RehearsalNotCertified extends Refusal {
  readonly code = 'rehearsal-not-certified'
  constructor(options: { election: string }) {
    super(
      `${options.election} is a rehearsal, which nobody can certify.`,
      options,
      'Make the election that counts from the same description: urna election export-config',
    )
  }
}

/** Something that can't be undone, over the network. */
export class DeedUnconfirmed extends Refusal {
  readonly code = 'confirmation-needed'
  constructor({ slug }: { slug: string }) {
    super(
      `Closing ${slug} can't be undone, so it wants the election's name.`,
      { election: slug },
      `Send {"confirm": "${slug}"}.`,
    )
  }
}

export class ContestInvalid extends Refusal {
  readonly code = 'contest-invalid'
  constructor(options: { contest: string; faults: readonly ContestFault[] }) {
    const { contest, faults } = options
    super(
      `The contest "${contest}" can't be put to the vote like that: ${faults.map(({ message }) => message).join('; ')}.`,
      { contest, faults },
    )
  }
}

export class ContestNotFound extends Refusal {
  readonly code = 'contest-not-found'
  constructor(options: { contest: string | undefined; election: string; known: readonly string[] }) {
    const { contest, election, known } = options
    super(
      known.length === 0
        ? `${election} has no contest yet.`
        : contest === undefined
          ? `${election} has several contests.`
          : `${election} has no contest called ${contest}.`,
      { election, known, ...(contest === undefined ? {} : { contest }) },
      known.length === 0
        ? `Add one with: urna contest add ${election}`
        : `${contest === undefined ? 'Say which with --contest' : 'There are'}: ${known.map((title, index) => `${index + 1} (${title})`).join(', ')}`,
    )
  }
}

/** A mistake in a file that describes an election. Lines and columns count from 1. */
export interface ConfigProblem {
  line: number
  column: number
  /** `contests[2].seats`; empty for the whole. */
  field: string
  message: string
}

export class ElectionConfigInvalid extends Refusal {
  readonly code = 'election-config-invalid'
  readonly problems: readonly ConfigProblem[]
  constructor(options: { file: string; problems: readonly [ConfigProblem, ...ConfigProblem[]] }) {
    const { file, problems } = options
    const [first, ...others] = problems
    super(
      `${file}, line ${first.line}, column ${first.column}: ${first.message}.`,
      { file, problems },
      others.length === 0
        ? undefined
        : `There ${others.length === 1 ? 'is one more mistake' : `are ${others.length} more mistakes`} in the file; nothing was created.`,
    )
    this.problems = problems
  }
}

/** What still keeps an election from opening, and the command that mends it. */
export interface Obstacle {
  code: string
  message: string
  command?: string
}

export class ElectionNotReady extends Refusal {
  readonly code = 'election-not-ready'
  readonly obstacles: readonly Obstacle[]
  constructor(options: { election: string; obstacles: readonly Obstacle[] }) {
    const { election, obstacles } = options
    const [first, ...others] = obstacles
    super(
      `${election} can't open yet: ${first?.message ?? ''}`,
      { election, obstacles },
      others.length > 0 || first?.command === undefined
        ? `See all that is missing with: urna doctor ${election}`
        : `Mend it with: ${first.command}`,
    )
    this.obstacles = obstacles
  }
}

export class RunoffNotNeeded extends Refusal {
  readonly code = 'runoff-not-needed'
  constructor(contests: readonly { title: string; winners: readonly string[] }[]) {
    super(
      `No runoff is needed: ${contests
        .map(({ title, winners }) => `"${title}" elected ${winners.join(', ') || 'nobody'}`)
        .join('; ')}.`,
      { contests },
    )
  }
}

/** The count stopped at a tie that says nothing of who would contend. */
export class ContendersUnclear extends Refusal {
  readonly code = 'wrong-state'
  /** @param options.lot whether one can be drawn still: not once somebody relies on the result */
  constructor({ contest, lot }: { contest: string; lot: 'possible' | 'too-late' }) {
    super(
      `The count of "${contest}" stopped at a tie before it was known who would contend for the seats.`,
      { contest },
      lot === 'possible'
        ? 'Decide the tie by a lot drawn in public: urna tally run --seed TEXT'
        : 'It is too late for a lot here: fill the seats as your statutes say, or by a new vote: urna election create',
    )
  }
}

export class RunoffsExhausted extends Refusal {
  readonly code = 'wrong-state'
  constructor(options: { election: string }) {
    super(
      `The voters' tokens of ${options.election} serve no further runoff.`,
      options,
      'Make a new election, with new tokens: urna election create',
    )
  }
}

/** @param sentence without its full stop, as `sentenceOfTimeFault` gives it */
export class TimeInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(sentence: string) {
    super(`${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`)
  }
}

export class CandidatesRejected extends Refusal {
  readonly code = 'rows-rejected'
  constructor(options: {
    file: string
    rejected: readonly { line: number; column: string; reason: string }[]
  }) {
    const { file, rejected } = options
    const [first] = rejected
    super(
      `${rejected.length} ${rejected.length === 1 ? 'row' : 'rows'} of ${file} can't be taken, so nothing was changed; the first is on line ${first?.line}: ${first?.reason}.`,
      options,
    )
  }
}

/** Fields that were given one by one and make no election or contest. */
export class FieldsInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(problems: readonly { field: string; message: string }[]) {
    super(`${problems.map(({ message }) => message).join('; ')}.`, { problems })
  }
}

export class CandidateNotFound extends Refusal {
  readonly code = 'candidate-not-found'
  /** @param options.nearest who was probably meant */
  constructor(options: { candidate: string; election: string; nearest: string | undefined }) {
    const { candidate, election, nearest } = options
    super(
      `${election} has no candidate called ${candidate}.`,
      { candidate, election, ...(nearest === undefined ? {} : { nearest }) },
      nearest === undefined
        ? `See them all with: urna candidate list ${election}`
        : `Did you mean ${nearest}?`,
    )
  }
}

export class CandidateAmbiguous extends Refusal {
  readonly code = 'invalid-input'
  constructor(options: { candidate: string; contests: readonly string[] }) {
    const { candidate, contests } = options
    super(
      `${candidate} is a candidate in several contests: ${contests.join(', ')}.`,
      options,
      'Say which with --contest CONTEST.',
    )
  }
}

/** The voters of a runoff are those of the election that it decides. */
export class RunoffRollFixed extends Refusal {
  readonly code = 'wrong-state'
  constructor(options: { election: string }) {
    super(
      `${options.election} is a runoff: its voters are those of the election that it decides, and can't be chosen anew.`,
      options,
    )
  }
}

/** A file that is to be a candidate's photo. */
export class PhotoInvalid extends Refusal {
  readonly code = 'photo-invalid'
  readonly reason: string
  /** @param reason follows the name of the file */
  constructor(file: string, reason: string) {
    super(
      `${file} ${reason}.`,
      { file, reason },
      'A photo is a JPEG, PNG or WebP picture of at most 10 MB and 50 million pixels.',
    )
    this.reason = reason
  }
}

export class PhotoNotFound extends Refusal {
  readonly code = 'photo-not-found'
  constructor(wanted: { election: string; contest: number; option: number }) {
    super(`There is no photo of candidate ${wanted.option} in contest ${wanted.contest}.`, wanted)
  }
}

/** Only ballots that are sealed have keys to be opened with. */
export class NotSealed extends Refusal {
  readonly code = 'wrong-state'
  constructor(election: string) {
    super(
      `The ballots of ${election} are not sealed, so it has no trustees and no keys.`,
      { election },
      `In a draft, seal them with: urna election edit ${election} --visibility secret`,
    )
  }
}
