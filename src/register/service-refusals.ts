import { Refusal } from '../errors.ts'

export class MemberServiceInvalid extends Refusal {
  readonly code = 'member-service-invalid'
  /** @param message repeats neither the URL nor the header, which may hold a secret */
  constructor(message: string, hint: string) {
    super(message, {}, hint)
  }
}

export class MemberServiceMissing extends Refusal {
  readonly code = 'member-service-missing'
  constructor(organisation: string) {
    super(
      `The members of ${organisation} come from no service.`,
      { organisation },
      'Name one with: urna voter service https://…, or import a CSV with: urna voter import members.csv',
    )
  }
}

export class MemberServiceUnreachable extends Refusal {
  readonly code = 'member-service-unreachable'
  constructor(options: { host: string; reason: string; attempts: number }) {
    const { host, reason, attempts } = options
    super(
      `${host} gives no list of members: ${reason}, asked ${attempts === 1 ? 'once' : `${attempts} times`}.`,
      options,
      'Nothing was changed: the members are as they were fetched last. Ask again later.',
    )
  }
}

/** An answer that can't be believed; nothing of it is taken. */
export class MemberServiceDistrusted extends Refusal {
  readonly code = 'member-service-distrusted'
  /** @param reason completes "… can't be taken: " */
  constructor(options: { host: string; reason: string }) {
    const { host, reason } = options
    super(
      `What ${host} answers can't be taken: ${reason}.`,
      options,
      'Nothing was changed. Ask whoever keeps the service.',
    )
  }
}
