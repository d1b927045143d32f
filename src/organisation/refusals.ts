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

/** What an organisation can't be called, or where it can't be found. */
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

export class OfficerNotFound extends Refusal {
  readonly code = 'officer-not-found'
  constructor(officer: string) {
    super(`There is no officer ${officer}.`, { officer }, 'See them all with: urna officer list')
  }
}

export class OfficerAmbiguous extends Refusal {
  readonly code = 'officer-ambiguous'
  constructor(officer: string, among: readonly { email: string }[]) {
    const emails = among.map(({ email }) => email)
    super(
      `There are ${emails.length} officers called ${officer}.`,
      { officer, emails },
      `Say which by the address: ${emails.join(', ')}`,
    )
  }
}

export class OfficerExists extends Refusal {
  readonly code = 'officer-exists'
  constructor(officer: { email: string; name: string }) {
    super(
      `${officer.name} has the address ${officer.email} already.`,
      officer,
      `Change that officer with: urna officer edit ${officer.email}`,
    )
  }
}

export class OfficerInvalid extends Refusal {
  readonly code = 'officer-invalid'
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message, details, hint)
  }
}

/** A file, or a key in one, with which no officer signs. */
export class OfficerKeyInvalid extends Refusal {
  readonly code = 'officer-key-invalid'
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message, details, hint)
  }
}

export class OfficerKeyUnknown extends Refusal {
  readonly code = 'officer-key-unknown'
  constructor(options: { publicKey: string }) {
    super(
      'No officer of this organisation signs with this key.',
      options,
      'Register its public half first: urna officer register OFFICER NAME.officer.public.json',
    )
  }
}

export class KeyNotPossible extends Refusal {
  readonly code = 'key-not-possible'
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}, hint?: string) {
    super(message, details, hint)
  }
}

/** Does not repeat what was given: it may be a whole key. */
export class KeyNotFound extends Refusal {
  readonly code = 'key-not-found'
  constructor() {
    super(
      'There is no key of that name.',
      {},
      'Name it by the 8 letters and figures behind urna_, never by the whole key: urna key list',
    )
  }
}

/** What keeps an actor from something: it is of another organisation or unit, beyond the role, or beyond the key. */
export type Obstacle = 'organisation' | 'unit' | 'role' | 'scope'

const obstacles: Readonly<
  Record<Obstacle, (place: { role: string; action: string }) => { message: string; hint?: string }>
> = {
  organisation: () => ({ message: 'This is of another organisation.' }),
  unit: () => ({
    message: 'This is of another unit of the organisation, or of all of it.',
    hint: 'An owner of the organisation can give another scope: urna officer edit OFFICER --unit UNIT',
  }),
  role: ({ role, action }) => ({
    message: `The role ${role} may not do this (${action}).`,
    hint: 'An owner of the organisation can give another role.',
  }),
  scope: ({ action }) => ({
    message: `This key is not for that (${action}).`,
    hint: 'An owner of the organisation can make another key.',
  }),
}

export class NotAllowed extends Refusal {
  readonly code = 'not-allowed'
  constructor(place: { actor: string; role: string; action: string; reason: Obstacle }) {
    const { message, hint } = obstacles[place.reason](place)
    super(message, place, hint)
  }
}
