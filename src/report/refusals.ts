import { Refusal } from '../errors.ts'

export class OutputExists extends Refusal {
  readonly code = 'output-exists'
  constructor(path: string, hint = 'Name another with --out, or move that one away.') {
    super(`${path} is already there, and is not overwritten.`, { path }, hint)
  }
}

export class OutputUnwritable extends Refusal {
  readonly code = 'file-unreadable'
  constructor(path: string, reason: string) {
    super(
      `${path} can't be written (${reason}).`,
      { path, reason },
      'See that its folder is there, that you may write in it, and that there is room.',
    )
  }
}
