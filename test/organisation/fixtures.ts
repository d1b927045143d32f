import { authenticateKey } from '../../src/organisation/authenticate.ts'
import { createKey } from '../../src/organisation/keys.ts'
import { addOfficer } from '../../src/organisation/officers.ts'
import type { Actor, Role } from '../../src/organisation/roles.ts'
import type { TemporaryUrna } from '../support/urna.ts'

export interface Holder {
  email: string
  /** The key itself. */
  key: string
  handle: string
}

interface Options {
  organisation?: string
  name?: string
  email?: string
  scopes?: readonly string[]
  days?: number
  dryRun?: boolean
}

/** An officer with that role, and a key. */
export async function officerWithKey(
  { work }: Pick<TemporaryUrna, 'work'>,
  role: Role,
  options: Options = {},
): Promise<Holder> {
  const { organisation, name = 'Grace Hopper', email = 'grace@example.org' } = options
  await addOfficer(work, { organisation, name, email, role })
  return { email, ...(await keyFor({ work }, email, options)) }
}

export async function keyFor(
  { work }: Pick<TemporaryUrna, 'work'>,
  officer: string,
  options: Options = {},
): Promise<{ key: string; handle: string }> {
  const { organisation, scopes = ['all'], days = 90, dryRun = false } = options
  return createKey(work, { organisation, officer, scopes, days, dryRun })
}

/** Who holds the key, now. */
export function authenticated(
  { work, clock }: Pick<TemporaryUrna, 'work' | 'clock'>,
  key: string,
): Promise<Actor | undefined> {
  return authenticateKey(work, key, clock.now())
}
