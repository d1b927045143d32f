import { Refusal } from '../errors.ts'

export class AuditLogBroken extends Refusal {
  readonly code = 'audit-log-broken'
  constructor(place: { position: number }) {
    super(
      `The audit log was tampered with: entry ${place.position} does not follow from the one before it.`,
      place,
      'Compare with a backup, and with the heads of the log that were published.',
    )
  }
}
