import type { FaultyChoice, SplitChoice } from '../ballot/clear-choice.ts'
import { encodeSelections, SelectionsRefused } from '../ballot/encoding.ts'
import { faultOf, type Selections } from '../ballot/selections.ts'
import { looksClear, parseClearElection } from '../election/clear-election.ts'
import { contestsOfSealedElection, type SealedContest } from '../election/sealed-election.ts'
import type { Visibility } from '../election/secrecy.ts'
import { openBallotEnvelope, sealBallot } from '../sealing/ballot.ts'
import { faultOfBallot } from '../sealing/crew.ts'
import { parseElection } from '../sealing/election.ts'
import type { Group, Scalar } from '../sealing/group.ts'
import { faultOfClearBallot, openClearBallot, signBallot } from './clear-ballot.ts'
import type { FormRefusal } from './form-refusal.ts'
import { WeightUndivided } from './weight-undivided.ts'

/** A ballot as far as it costs nothing to read: nothing of it is verified. */
export interface OpenedBallot {
  readonly json: string
  readonly trackingCode: string
  /** The public credential that it claims, 64 hexadecimal digits. */
  readonly credential: string
  /** Where its weight is divided, and more than there is would be refused: the heaviest sum, in millionths of a vote. */
  readonly partsMicros?: bigint | undefined
}

/**
 * What ballots of an election are: sealed, or in the clear. The text of the election decides, and nothing else, so
 * that a voter's device, the ballot box and a stranger who verifies never differ.
 */
export interface BallotForm {
  readonly visibility: Visibility
  /** Whether officers see votes while they come in. */
  readonly liveVoting: boolean
  /** The one text of the election that is published and hashed. */
  readonly json: string
  /** SHA-256 of the text, in unpadded Base64. */
  readonly fingerprint: string
  readonly uuid: string
  readonly name: string
  readonly description: string
  /** Who holds it. */
  readonly organisation: string
  /** Undefined where the election is none of urna's, and nobody knows what its ballots mean. */
  readonly contests: readonly SealedContest[] | undefined
  readonly titles: readonly string[]
  /**
   * @param ballot.secret of the voter's credential in this election
   * @throws SelectionsRefused, WeightUndivided
   */
  make(ballot: { secret: Scalar; selections: readonly (Selections | SplitChoice | FaultyChoice)[] }): {
    json: string
    trackingCode: string
  }
  open(json: string): OpenedBallot | FormRefusal
  /** All that a ballot proves of itself. @returns why it is refused, or undefined */
  faultOf(json: string): FormRefusal | undefined
}

/** @returns the form, or why the text is no election, as the end of a sentence */
export function readBallotForm(group: Group, json: string): BallotForm | { readonly refused: string } {
  return looksClear(json) ? clearForm(group, json) : sealedForm(group, json)
}

function sealedForm(group: Group, json: string): BallotForm | { readonly refused: string } {
  const election = parseElection(group, json)
  if ('refused' in election) {
    const { code, place } = election.refused
    return { refused: place === '' ? code : `${code} in ${place}` }
  }
  const visibility = 'secret'
  const { fingerprint, parameters } = election
  const { uuid, name, description, administrator = '' } = parameters
  const contests = contestsOfSealedElection(parameters)
  return {
    ...{ visibility, liveVoting: false, json, fingerprint },
    ...{ uuid, name, description, organisation: administrator, contests },
    titles: parameters.questions.map(({ value }) => value.question),
    make: ({ secret, selections }) => {
      const choices = (contests ?? []).map(({ ballot, options }, index) =>
        encodeSelections(undivided(selections[index]!, visibility), ballot, options.length),
      )
      return sealBallot(group, { election, secret, choices })
    },
    open: (ballot) => openBallotEnvelope(group, election, ballot),
    faultOf: (text) => faultOfBallot(group, election, text),
  }
}

function clearForm(group: Group, json: string): BallotForm | { readonly refused: string } {
  const election = parseClearElection(group, json)
  if ('refused' in election) return election
  const { fingerprint, parameters } = election
  const { uuid, name, description, organisation, visibility, liveVoting, contests } = parameters
  return {
    ...{ visibility, liveVoting, json, fingerprint, uuid, name, description, organisation, contests },
    titles: contests.map(({ title }) => title),
    make: ({ secret, selections }) => {
      for (const [index, { ballot, options }] of contests.entries()) {
        const chosen = selections[index]!
        if (chosen.kind === 'faulty' && parameters.allowInvalid) continue
        const divided = chosen.kind === 'split' && parameters.voteSplit === true
        for (const part of divided
          ? chosen.parts.map(({ choice }) => choice)
          : [undivided(chosen, visibility)]) {
          const fault = faultOf(part, ballot, options.length)
          if (fault !== undefined && !parameters.allowInvalid) throw new SelectionsRefused(fault)
        }
      }
      return signBallot(group, { election, secret, choices: selections })
    },
    open: (ballot) => openClearBallot(group, election, ballot),
    faultOf: (text) => {
      const ballot = openClearBallot(group, election, text)
      return 'refused' in ballot ? ballot : faultOfClearBallot(group, election, ballot)
    },
  }
}

/** @throws WeightUndivided, SelectionsRefused */
function undivided(chosen: Selections | SplitChoice | FaultyChoice, visibility: Visibility): Selections {
  if (chosen.kind === 'faulty') throw new SelectionsRefused({ code: 'unreadable', why: 'value' })
  if (chosen.kind === 'split') throw new WeightUndivided(visibility)
  return chosen
}
