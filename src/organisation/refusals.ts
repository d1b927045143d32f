import { Refusal } from '../errors.ts'

export class OrganisationNotFound extends Refusal {
  readonly code = 'organisation-not-found'
  constructor(slug: string | undefined) {
    super(
      slug === undefined
        ? 'There is no organisation in this file.'
        : `There is no organisation called ${slug}.`,
      slug === undefined ? {} : { organisation: slug },
      slug === undefined
        ? 'Add one with: urna organisation add NAME'
        : 'See them all with: urna organisation list',
    )
  }
}

export class OrganisationAmbiguous extends Refusal {
  readonly code = 'organisation-ambiguous'
  constructor(organisations: readonly string[]) {
    super(
      'There are several organisations in this file.',
      { organisations },
      `Say which with --organisation: ${organisations.join(', ')}`,
    )
  }
}

export class OrganisationExists extends Refusal {
  readonly code = 'organisation-exists'
  constructor(slug: string) {
    super(
      `There is an organisation called ${slug} already.`,
      { organisation: slug },
      'Give another short name with --slug.',
    )
  }
}

/** What an organisation or an officer can't be called, or where it can't be found. */
export class OrganisationInvalid extends Refusal {
  readonly code = 'organisation-invalid'
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message, details, hint)
  }
}

export class HostTaken extends Refusal {
  readonly code = 'host-taken'
  constructor(place: { host: string; organisation: string }) {
    super(
      `${place.host} leads to ${place.organisation} already.`,
      place,
      `Take it from there first: urna organisation edit ${place.organisation} --remove-host ${place.host}`,
    )
  }
}
