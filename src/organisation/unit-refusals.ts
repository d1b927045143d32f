import { Refusal } from '../errors.ts'

export class UnitNotFound extends Refusal {
  readonly code = 'unit-not-found'
  constructor(unit: string) {
    super(`There is no unit called ${unit}.`, { unit }, 'See them all with: urna unit list')
  }
}

export class UnitExists extends Refusal {
  readonly code = 'unit-exists'
  constructor(unit: string) {
    super(`There is a unit called ${unit} already.`, { unit }, 'Give another short name with --slug.')
  }
}

export class UnitInvalid extends Refusal {
  readonly code = 'unit-invalid'
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message, details, hint)
  }
}

/** A unit that something else is about. */
export class UnitInUse extends Refusal {
  readonly code = 'unit-in-use'
  /** @param by completes "… is still that of …" */
  constructor(options: { unit: string; by: string; hint: string }) {
    const { unit, by, hint } = options
    super(`The unit ${unit} is still that of ${by}.`, { unit, by }, hint)
  }
}
