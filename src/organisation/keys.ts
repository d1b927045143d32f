import type { ReadTransaction, UnitOfWork } from '../store/unit-of-work.ts'
import { hashOfKey, makeApiKey } from './api-key.ts'
import { findOfficer } from './find-officer.ts'
import { findOrganisation } from './find-organisation.ts'
import { scopesOf } from './key-holders.ts'
import { KeyNotFound, KeyNotPossible } from './refusals.ts'
import { type Action, actions, type Role, roleMay } from './roles.ts'

interface DescribedKey {
  /** Short name of the organisation. */
  organisation: string
  /** What the key is called: its first 8 letters and figures behind `urna_`. */
  handle: string
  /** Name of the officer who holds it. */
  officer: string
  scopes: Action[]
  dryRun: boolean
  /** ISO 8601 in UTC. */
  expiresAt: string
}

interface ListedKey extends DescribedKey {
  state: 'good' | 'expired' | 'revoked'
  createdAt: string
  /** To the minute; null if it never was. */
  usedAt: string | null
}

/** In days. */
const longestLifetime = 366
const day = 86_400_000

/**
 * Makes a key for an officer.
 * @param input.officer e-mail address or name
 * @param input.scopes what it is for, by the names of the actions; `all` for what the role may do now
 * @param input.days how long it is good
 * @returns with the key itself, which is kept nowhere: show it once
 * @throws OfficerNotFound, OfficerAmbiguous, KeyNotPossible
 */
export async function createKey(
  work: UnitOfWork,
  input: {
    organisation: string | undefined
    officer: string
    scopes: readonly string[]
    days: number
    dryRun: boolean
  },
): Promise<DescribedKey & { key: string }> {
  const { days, dryRun } = input
  if (!(days > 0 && days <= longestLifetime)) {
    throw new KeyNotPossible(`A key is good for ${longestLifetime} days at most, and for one at least.`)
  }
  return work.write('create key', async (tx) => {
    const organisation = await findOrganisation(tx, input.organisation)
    const officer = await findOfficer(tx, organisation.id, input.officer)
    const scopes = requireScopes(input.scopes, officer.role)
    const { text, handle } = makeApiKey()
    const expires_at = new Date(Date.parse(tx.now) + days * day).toISOString()
    await tx.db
      .insertInto('api_key')
      .values({
        ...{ officer_id: officer.id, handle, hash: hashOfKey(text), scopes: JSON.stringify(scopes) },
        ...{ dry_run: dryRun ? 1 : 0, created_at: tx.now, expires_at, revoked_at: null, used_at: null },
      })
      .execute()
    const described = {
      ...{ organisation: organisation.slug, handle, officer: officer.name },
      ...{ scopes, dryRun, expiresAt: expires_at },
    }
    await tx.record({ action: 'key-created', details: described })
    return { ...described, key: text }
  })
}

/** The actions of these names, in the order of the table. @throws KeyNotPossible */
function requireScopes(names: readonly string[], role: Role): Action[] {
  const ofRole = actions.filter((action) => roleMay(role, action))
  const unknown = names.find((name) => name !== 'all' && !actions.some((action) => action === name))
  if (unknown !== undefined) {
    throw new KeyNotPossible(
      `There is no action "${unknown}".`,
      { scope: unknown },
      `There are: ${actions.join(', ')}`,
    )
  }
  const beyond = names.find((name) => name !== 'all' && !ofRole.some((action) => action === name))
  if (beyond !== undefined) {
    throw new KeyNotPossible(
      `An officer with the role ${role} may not do ${beyond}, so no key can.`,
      { role, scope: beyond },
      `The role may do: ${ofRole.join(', ')}`,
    )
  }
  if (names.length === 0) throw new KeyNotPossible('A key needs to be for something.')
  return names.includes('all') ? ofRole : ofRole.filter((action) => names.includes(action))
}

/** The keys of the officers of an organisation, the latest first; never a key itself. */
export async function listKeys(work: UnitOfWork, organisation: string | undefined): Promise<ListedKey[]> {
  return work.read(async (tx) => {
    const { id, slug } = await findOrganisation(tx, organisation)
    const rows = await keyRows(tx).where('officer.organisation_id', '=', id).orderBy('id', 'desc').execute()
    return rows.map((row) => ({
      organisation: slug,
      handle: row.handle,
      officer: row.officer,
      scopes: scopesOf(row.scopes),
      dryRun: row.dry_run === 1,
      expiresAt: row.expires_at,
      state: row.revoked_at !== null ? 'revoked' : row.expires_at <= tx.now ? 'expired' : 'good',
      createdAt: row.created_at,
      usedAt: row.used_at,
    }))
  })
}

/**
 * Revokes a key; its sessions end at once.
 * @param input.handle with or without `urna_`; never the key
 * @param input.organisation undefined for whichever it is of
 * @returns changed: false if it was done already
 * @throws KeyNotFound
 */
export async function revokeKey(
  work: UnitOfWork,
  input: { handle: string; organisation?: string | undefined },
): Promise<{ handle: string; officer: string; changed: boolean }> {
  return work.write('revoke key', async (tx) => {
    const [, handle] = /^(?:urna_)?([a-z2-7]{8})$/.exec(input.handle) ?? []
    const wanted = input.organisation
    const holder = wanted === undefined ? undefined : await findOrganisation(tx, wanted)
    const key = await keyRows(tx)
      .where('handle', '=', handle ?? '')
      .$if(holder !== undefined, (query) => query.where('officer.organisation_id', '=', holder!.id))
      .executeTakeFirst()
    if (key === undefined) throw new KeyNotFound()
    const described = { handle: key.handle, officer: key.officer }
    if (key.revoked_at !== null) return { ...described, changed: false }
    await tx.db.updateTable('api_key').set({ revoked_at: tx.now }).where('id', '=', key.id).execute()
    await tx.db.deleteFrom('session').where('key_id', '=', key.id).execute()
    await tx.record({ action: 'key-revoked', details: { organisation: key.organisation, ...described } })
    return { ...described, changed: true }
  })
}

function keyRows(tx: ReadTransaction) {
  return tx.db
    .selectFrom('api_key')
    .innerJoin('officer', 'officer.id', 'api_key.officer_id')
    .innerJoin('organisation', 'organisation.id', 'officer.organisation_id')
    .selectAll('api_key')
    .select(['officer.name as officer', 'organisation.slug as organisation'])
}
