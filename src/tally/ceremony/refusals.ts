import { Refusal } from '../../errors.ts'

/** Threshold and names that make no group. */
export class GroupInvalid extends Refusal {
  readonly code = 'trustee-group-invalid'
  constructor(reason: string, details: Readonly<Record<string, unknown>> = {}) {
    super(reason, details, 'Example: urna trustee group --threshold 3 --of "Ruth, Sam, Tess, Uma, Vic"')
  }
}

/** What was done so far in a ceremony would be lost. */
export class RestartNeeded extends Refusal {
  readonly code = 'ceremony-restart-needed'
  /** @param options.reason a sentence; @param options.command that holds the ceremony again */
  constructor(options: { election: string; reason: string; command: string }) {
    super(
      `${options.reason} All trustees of the group would begin again with new keys; those that they have made would be worth nothing.`,
      { election: options.election },
      `If that is wanted: ${options.command}`,
    )
  }
}

/** A trustee does not go on, for what came from the officer is not right. */
export class CeremonyRefused extends Refusal {
  readonly code = 'ceremony-refused'
  readonly reason: string
  /** @param options.reason completes "… is refused: "; @param options.trustee whose doing it is */
  constructor(options: { file: string; reason: string; trustee?: string; hint: string }) {
    const { file, reason, trustee, hint } = options
    super(
      `${file} is refused: ${reason}.`,
      { file, reason, ...(trustee === undefined ? {} : { trustee }) },
      hint,
    )
    this.reason = reason
  }
}
