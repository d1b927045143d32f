import type { ReadTransaction } from '../store/unit-of-work.ts'
import { type Action, type Actor, actions, type Role } from './roles.ts'

/** How often at most the use of a key or a session is written down, in milliseconds. */
const noteUseEvery = 60_000

/** Keys with the officers who hold them and the organisations those act for. */
export function keyHolders(tx: ReadTransaction) {
  return tx.db
    .selectFrom('api_key')
    .innerJoin('officer', 'officer.id', 'api_key.officer_id')
    .innerJoin('organisation', 'organisation.id', 'officer.organisation_id')
    .select([
      'organisation.id as organisationId',
      'organisation.slug as organisation',
      'officer.id as officerId',
      'officer.name as officer',
      'officer.role',
      'officer.unit_id as unitId',
      'officer.removed_at as removedAt',
      'api_key.id as keyId',
      'api_key.handle',
      'api_key.scopes',
      'api_key.dry_run as dryRun',
      'api_key.expires_at as expiresAt',
      'api_key.revoked_at as revokedAt',
      'api_key.used_at as usedAt',
    ])
}

interface KeyHolder {
  organisationId: number
  organisation: string
  officerId: number
  officer: string
  role: Role
  unitId: number | null
  removedAt: string | null
  keyId: number
  handle: string
  scopes: string
  dryRun: 0 | 1
  expiresAt: string
  revokedAt: string | null
}

/** Whether a key opens anything at that moment. */
export function isGood(holder: KeyHolder, now: Date): boolean {
  const { removedAt, revokedAt, expiresAt } = holder
  return removedAt === null && revokedAt === null && now.getTime() < Date.parse(expiresAt)
}

export function actorOf(holder: KeyHolder): Actor {
  const { organisationId, organisation, officerId, officer, role, unitId, keyId, handle } = holder
  return {
    ...{ organisationId, organisation, officerId, role, unitId, keyId },
    scopes: scopesOf(holder.scopes),
    dryRun: holder.dryRun === 1,
    name: `${officer} (key ${handle})`,
  }
}

/** An action that this urna no longer knows is left out. */
export function scopesOf(json: string): Action[] {
  const stored = new Set<unknown>(JSON.parse(json) as unknown[])
  return actions.filter((action) => stored.has(action))
}

/** Whether the last note of a use is old enough for a new one. */
export function worthNoting(last: string | null, now: Date): boolean {
  return last === null || now.getTime() - Date.parse(last) >= noteUseEvery
}
