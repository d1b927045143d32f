import { Refusal } from '../errors.ts'

export class IncidentInvalid extends Refusal {
  readonly code = 'incident-invalid'
}

export class IncidentNotFound extends Refusal {
  readonly code = 'incident-not-found'
  constructor(options: { election: string; number: number }) {
    const { election, number } = options
    super(
      `${election} has no incident ${number}.`,
      options,
      `See them all with: urna incident list ${election}`,
    )
  }
}

/** What still keeps officers from certifying. */
export class NotCertifiable extends Refusal {
  readonly code = 'not-certifiable'
}

export class CertificateInvalid extends Refusal {
  readonly code = 'certificate-invalid'
}
