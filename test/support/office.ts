import { createElection } from '../../src/election/create-election.ts'
import { addOrganisation } from '../../src/organisation/add-organisation.ts'
import { addHost } from '../../src/organisation/hosts.ts'
import { createKey, revokeKey } from '../../src/organisation/keys.ts'
import { addOfficer } from '../../src/organisation/officers.ts'
import { type Role, roles } from '../../src/organisation/roles.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { addMembers, electionDraft, someMembers } from './election.ts'
import { type TemporaryUrna, temporaryUrna } from './urna.ts'

/** A file with two organisations, an officer of each role in both, and an election of each. */
export interface Office extends TemporaryUrna {
  /** A key for everything that the role may do. */
  keyOf(role: Role, organisation?: string): string
  /** A key of an owner for some deeds, or one that tries things out. */
  makeKey(options?: {
    scopes?: readonly string[]
    dryRun?: boolean
    role?: Role
    days?: number
  }): Promise<string>
  revoke(key: string): Promise<void>
}

export const home = 'north'
export const elsewhere = 'south'
/** Elections of the two. */
export const board = 'board-2026'
export const southern = 'southern-2026'

/** @param options.alone with one organisation, as most files have */
export async function openOffice(options: { alone?: boolean } = {}): Promise<Office> {
  const urna = await temporaryUrna({ organisation: 'North' })
  const { work } = urna
  const group = await loadGroup()
  const organisations = options.alone === true ? [home] : [home, elsewhere]
  await addMembers(work, someMembers(12))
  await createElection({ work, group }, electionDraft({ slug: board }), home)
  if (options.alone !== true) {
    await work.write('add host', (tx) => addHost(tx, 1, '127.0.0.1'))
    await addOrganisation(work, { name: 'South', slug: elsewhere, hosts: ['south.example'] })
    await createElection(
      { work, group },
      electionDraft({ slug: southern, title: 'Southern 2026' }),
      elsewhere,
    )
  }
  const keys = new Map<string, string>()
  for (const organisation of organisations) {
    for (const role of roles) {
      const email = `${role}@${organisation}.example`
      await addOfficer(work, { organisation, name: `The ${role}`, email, role })
      const made = await createKey(work, {
        organisation,
        officer: email,
        scopes: ['all'],
        days: 30,
        dryRun: false,
      })
      keys.set(`${organisation} ${role}`, made.key)
    }
  }
  return {
    ...urna,
    keyOf: (role, organisation = home) => keys.get(`${organisation} ${role}`)!,
    makeKey: async ({ scopes = ['all'], dryRun = false, role = 'owner', days = 30 } = {}) => {
      const officer = `${role}@${home}.example`
      return (await createKey(work, { organisation: home, officer, scopes, days, dryRun })).key
    },
    revoke: async (key) => {
      await revokeKey(work, { handle: key.slice(0, 'urna_'.length + 8) })
    },
  }
}

/** What a client gets. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The JSON, if it is some. */
  readonly body: unknown
}

export interface Asked {
  readonly method?: string
  readonly key?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks a server as a script does. */
export async function ask(
  url: string,
  { method = 'GET', key, body, headers = {} }: Asked = {},
): Promise<Answer> {
  const reply = await fetch(url, {
    method,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await reply.text()
  const json = reply.headers.get('content-type')?.startsWith('application/json') === true
  return { status: reply.status, headers: reply.headers, body: json && text !== '' ? JSON.parse(text) : text }
}

export const post = (body?: unknown): Asked => ({ method: 'POST', ...(body !== undefined && { body }) })
