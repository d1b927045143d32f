import { Refusal } from '../errors.ts'
import type { Check, Place } from '../sealing/verification-report.ts'

export class NotYetOpen extends Refusal {
  readonly code = 'wrong-state'
  constructor(election: string) {
    super(
      `${election} is not open yet, so there is no public archive of it.`,
      { election },
      `Open it with: urna election open ${election}`,
    )
  }
}

/** The ballots of such an election can be read by everybody who has them. */
export class ArchiveBeforeClose extends Refusal {
  readonly code = 'wrong-state'
  constructor(election: string) {
    super(
      `The ballots of ${election} are not sealed, so there is no archive of them before the close.`,
      { election },
      `Close it first with: urna election close ${election} --confirm ${election}`,
    )
  }
}

export class BoardDamaged extends Refusal {
  readonly code = 'archive-invalid'
  constructor(reason: string) {
    super(`The board does not hold together: ${reason}.`, { reason }, 'Check the archive with: urna verify')
  }
}

export class TrusteeKeyInvalid extends Refusal {
  readonly code = 'trustee-key-invalid'
  constructor(options: { path: string; reason: string }, hint?: string) {
    super(`${options.path} is not to be used: ${options.reason}.`, options, hint)
  }
}

export class TrusteeExists extends Refusal {
  readonly code = 'trustee-exists'
  constructor(options: { election: string; name: string; same: 'name' | 'key' }) {
    super(
      options.same === 'name'
        ? `${options.election} already has a trustee called ${options.name}, with another key.`
        : `${options.election} already has this key, as that of ${options.name}.`,
      options,
      `See them with: urna trustee list ${options.election}`,
    )
  }
}

/** Nobody but the file holds a key. */
export class NoPeople extends Refusal {
  readonly code = 'wrong-state'
  constructor(election: string) {
    super(
      `${election} has no trustee beside this file, so there is nobody to write to.`,
      { election },
      `Add one with: urna trustee add NAME.public.json ${election}; or a group of whom some suffice: urna trustee group ${election} --threshold 3 --of NAMES`,
    )
  }
}

/** The key ceremony has not brought the trustee's part of the key yet. */
export class KeyIncomplete extends Refusal {
  readonly code = 'trustee-key-invalid'
  constructor(path: string) {
    super(
      `${path} has no key to back up yet: its key ceremony is not over.`,
      { path },
      'Go on with what the election officer sent: urna trustee continue FILE',
    )
  }
}

/** Words that are no private key; none of them is repeated. */
export class KeyWordsInvalid extends Refusal {
  readonly code = 'key-words-invalid'
  constructor(reason: string) {
    super(
      reason,
      {},
      'Type the words as they are on the sheet, in the order of their numbers, and the public key as it is there.',
    )
  }
}

/** No trustee of the election has that name. */
export class NoSuchTrustee extends Refusal {
  readonly code = 'trustee-not-found'
  constructor(options: { election: string; name: string }) {
    const { election, name } = options
    super(
      `${election} has no trustee called ${name}.`,
      options,
      `See them with: urna trustee list ${election}`,
    )
  }
}

/** The key at hand is none of those that the archive names. */
export class TrusteeNotFound extends Refusal {
  readonly code = 'trustee-not-found'
  /** @param name undefined where there is no key at all that could be meant */
  constructor(name: string | undefined) {
    super(
      name === undefined
        ? "There is no key of this election's trustees here."
        : `The key of ${name} is none of this election's trustees'.`,
      name === undefined ? {} : { name },
      'Check that the archive is of the election you are a trustee of, and name the right key file with --key.',
    )
  }
}

/** An archive that holds, of another election than the trustee was asked for: its keys may be the same. */
export class OtherElection extends Refusal {
  readonly code = 'ceremony-refused'
  constructor(options: { archive: string; name: string }) {
    const { archive, name } = options
    super(
      `${archive} is refused: it is of another election, ${name}.`,
      options,
      'Do not go on. Ask the election officer how that came.',
    )
  }
}

/** A contribution that comes too early, or to an election that needs none. */
export class TrusteeOutOfTurn extends Refusal {
  readonly code = 'trustee-out-of-turn'
  constructor(reason: string, details: Readonly<Record<string, unknown>>, hint?: string) {
    super(reason, details, hint)
  }
}

export class ContributionInvalid extends Refusal {
  readonly code = 'trustee-contribution-invalid'
  /** @param options.reason completes "… is refused: " */
  constructor(options: { file: string; trustee?: string; reason: string; place?: string; hint?: string }) {
    const { hint, ...details } = options
    const from = options.trustee === undefined ? '' : ` of ${options.trustee}`
    super(
      `The contribution${from} in ${options.file} is refused: ${options.reason}.`,
      details,
      hint ?? 'Nothing was changed. Ask the trustee to make it again from a fresh archive.',
    )
  }
}

export class TallyWaits extends Refusal {
  readonly code = 'tally-waits'
  /** What to do meanwhile, in order. */
  readonly steps: readonly string[]
  constructor(options: {
    election: string
    archive: string
    work: 'shuffle' | 'decryption'
    /** Of those so many: all of them, but for a threshold group. */
    awaited: readonly { names: readonly string[]; needed: number }[]
  }) {
    const { election, archive, work, awaited } = options
    const trustees = awaited.flatMap(({ names }) => names)
    const who = awaited.flatMap(({ names, needed }) =>
      needed === names.length ? names : [`${needed} of ${listed(names, 'or')}`],
    )
    const verb = work === 'shuffle' ? 'shuffle' : 'decrypt'
    const steps = [
      `Send them the archive: urna export archive ${election}`,
      `They type: urna trustee ${verb} ${archive} --key NAME.private.json`,
      'Take the file that they send back: urna trustee receive FILE',
    ]
    super(
      `The count of ${election} waits for the ${work} of ${listed(who)}; what was done so far is saved.`,
      { election, archive, work, trustees, awaited, steps },
      `Then go on with: urna tally run ${election}`,
    )
    this.steps = steps
  }
}

export class ResultNotFound extends Refusal {
  readonly code = 'result-not-found'
  constructor(election: string) {
    super(
      `${election} has no result yet. Nothing of it is known before the close and the count, to nobody.`,
      { election },
      `After the close, count it with: urna tally run ${election}`,
    )
  }
}

/** A public archive that doesn't hold. */
export class VerificationFailed extends Refusal {
  readonly code = 'verification-failed'
  constructor(archive: string, failed: Pick<Check, 'id' | 'reason' | 'place'>) {
    const { id, reason, place } = failed
    super(
      `${archive} does not verify: ${reason ?? 'it fails'} in the check of ${id}${place === undefined ? '' : `, at ${placeText(place)}`}.`,
      { archive, check: id, ...(reason !== undefined && { reason }), ...(place !== undefined && { place }) },
      'Do not rely on it. Get the archive again from its publisher, and compare its head with what others have.',
    )
  }
}

/** An archive that holds, of an election that is not over. */
export class VerificationIncomplete extends Refusal {
  readonly code = 'verification-failed'
  constructor(options: { archive: string; stage: string }) {
    super(
      `${options.archive} holds, and does not reach to the result: its stage is ${options.stage}.`,
      options,
      'Get the archive again after the count, or verify without --complete.',
    )
  }
}

/** Where in an archive, for a person: `event 4, ballot file 3f2a….data.json, answers[0]`. */
export function placeText(place: Place): string {
  const { file, height, trustee, question, part } = place
  return [
    `event ${height}`,
    ...(trustee === undefined ? [] : [`trustee ${trustee}`]),
    ...(question === undefined ? [] : [`contest ${question}`]),
    `file ${file}`,
    ...(part === undefined || part === '' ? [] : [part]),
  ].join(', ')
}

function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`
}

/** The box of the election can't be opened in its state. */
export class BoxNotClosed extends Refusal {
  readonly code = 'wrong-state'
  constructor({ slug, status }: { slug: string; status: string }) {
    const never = status === 'cancelled'
    super(
      `${slug} is ${status}: its box is ${never ? 'never opened' : 'opened only after the close'}.`,
      { election: slug, status },
      never ? undefined : `Close it with: urna election close ${slug}`,
    )
  }
}

/** A lot competes with no runoff, and changes nothing that somebody relies on. */
export class LotTooLate extends Refusal {
  readonly code = 'wrong-state'
  /** @param why as the end of a sentence */
  constructor(options: { election: string; why: string }) {
    const { election, why } = options
    super(`${election} ${why}, so no lot is drawn.`, { election })
  }
}

/** Whose the names are that voters wrote in is decided before anybody relies on the result. */
export class RecountTooLate extends Refusal {
  readonly code = 'wrong-state'
  /** @param why as the end of a sentence */
  constructor(options: { election: string; why: string }) {
    const { election, why } = options
    super(`${election} ${why}, so no more is decided of names that were written in.`, { election })
  }
}

/** Of contests that are opened as totals, nobody has ever seen a ballot. */
export class NoOpenedBallots extends Refusal {
  readonly code = 'contest-invalid'
  constructor(contests: readonly string[]) {
    super(
      `${listed(contests)}: only totals were opened, never a ballot, so there are none to write.`,
      { contests },
      'The totals are in: urna export csv',
    )
  }
}
