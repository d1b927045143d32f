import { Refusal } from '../errors.ts'
import type { TabulationRefusal } from '../tabulation/refusals.ts'

/** Which method counts decides who wins, so none is taken for granted. */
export class MethodNeeded extends Refusal {
  readonly code = 'method-needed'
  /** @param options.fitting ids of the methods that count such ballots as they are */
  constructor({ file, says, fitting }: { file: string; says: string; fitting: readonly string[] }) {
    super(
      `How is ${file} to be counted? Its ballots hold ${says}, and the method decides who wins.`,
      { file, ballots: says, methods: fitting },
      `Name one with --method: ${fitting.join(', ')}. What each is: urna method list`,
    )
  }
}

/** A name that none of the options has, or several. */
export class OptionNotFound extends Refusal {
  readonly code = 'option-not-found'
  constructor(name: string, found: { nearest: string | undefined } | { several: readonly string[] }) {
    super(
      'several' in found
        ? `Several options could be "${name}": ${found.several.join('; ')}.`
        : `No option is called "${name}".`,
      { name, ...found },
      'several' in found || found.nearest === undefined
        ? 'Write the name as the file has it.'
        : `Did you mean "${found.nearest}"?`,
    )
  }
}

/** An order for ties in which an option has two places. */
export class TieOrderRepeats extends Refusal {
  readonly code = 'invalid-input'
  constructor(name: string) {
    super(
      `${name} stands twice in the order for ties.`,
      { name },
      'Name each option once, the first before the others.',
    )
  }
}

export class TracedBallotNotFound extends Refusal {
  readonly code = 'ballot-not-found'
  constructor(ballot: string) {
    super(
      `There is no ballot ${ballot} in the file, or it could not be counted.`,
      { ballot },
      'Name it with --trace by its id where the format has ids, or by its number from 1, in which a line of like ballots is one.',
    )
  }
}

/** What a method refuses to count, or can't. */
export class CountRefused extends Refusal {
  readonly code = 'count-refused'
  constructor({ code, message, details }: TabulationRefusal, hint?: string) {
    super(message, { ...details, reason: code }, hint)
  }
}

/** A chain that the rules of a method don't take. */
export class TieRulesNotTaken extends Refusal {
  readonly code = 'rule-invalid'
  constructor(method: string, ties: readonly string[]) {
    super(
      `${method} can't decide ties by: ${ties.join(', ')}.`,
      { method, ties },
      `What it takes: urna method show ${method}`,
    )
  }
}

/** What officers say of a name that was written in, and can't be. */
export class WriteInDecisionInvalid extends Refusal {
  readonly code = 'invalid-input'
  constructor(decision: string, hint: string) {
    super(`"${decision}" does not say whose a name is that was written in.`, { decision }, hint)
  }
}

/** A name that no voter has written. */
export class WriteInNotFound extends Refusal {
  readonly code = 'option-not-found'
  constructor(name: string, nearest: string | undefined) {
    super(
      `Nobody wrote "${name}" on a ballot.`,
      { name, ...(nearest === undefined ? {} : { nearest }) },
      nearest === undefined
        ? 'The names that were written in: urna tally show'
        : `Did you mean "${nearest}"?`,
    )
  }
}

/** Figures that were typed in and can't be. */
export class EnteredResultInvalid extends Refusal {
  readonly code = 'entered-result-invalid'
  constructor(reason: string, place?: string) {
    super(`The result can't be taken: ${place === undefined ? '' : `${place}: `}${reason}.`, {
      reason,
      ...(place !== undefined && { place }),
    })
  }
}

/** The result of an election with ballots is counted. */
export class NotManual extends Refusal {
  readonly code = 'wrong-state'
  constructor(election: string) {
    super(
      `${election} has ballots, so its result is counted and not typed in.`,
      { election },
      `After the close count it with: urna tally run ${election}`,
    )
  }
}

const whyNot = {
  secret: 'its ballots are sealed, and nobody can tell whose they are',
  named: 'it is a vote by name, and who voted what is part of its result',
  manual: 'nobody cast a ballot in it',
  ordered: 'it is counted in the order in which its ballots came, which would be forgotten',
} as const

/** Only an open election has voters to forget, and not where nobody could count it again then. */
export class NotAnonymous extends Refusal {
  readonly code = 'wrong-state'
  constructor({ slug, why }: { slug: string; why: keyof typeof whyNot }) {
    super(`${slug} can't be made anonymous: ${whyNot[why]}.`, { election: slug, why })
  }
}
