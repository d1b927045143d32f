import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { unitsOfElection } from '../election/election-unit.ts'
import { readElection } from '../election/read-election.ts'
import { ElectionNotFound } from '../election/refusals.ts'
import { slugPattern } from '../election/slug.ts'
import { readOrganisation } from '../organisation/read-organisation.ts'
import { OrganisationNotFound } from '../organisation/refusals.ts'
import { type Action, type Actor, permissions, requireMay, requireWithin } from '../organisation/roles.ts'
import type { Asking } from './auth.ts'
import type { ServerContext } from './context.ts'
import { Recently } from './recently.ts'
import { KeyUnfit, NothingHere } from './refusals.ts'

declare module 'fastify' {
  interface FastifyRequest {
    asking: Asking | undefined
  }
}

/** The short name of what the path names. */
export const named = z.strictObject({
  id: z.string().regex(slugPattern).meta({ description: 'Short name, such as board-2026.' }),
})

/** A request without a body, or with one that says nothing. */
export const nothing = z.strictObject({}).nullish()

/** How an officer or a script shows who is asking. */
export const security = [{ key: [] }, { session: [], csrf: [] }]

/** What every route for officers may answer beside its own. */
export const refused = z.strictObject({
  error: z.strictObject({
    code: z.string().meta({ description: 'One word for programs: wrong-state.' }),
    message: z.string().meta({ description: 'One sentence for people.' }),
    details: z.record(z.string(), z.unknown()),
    hint: z.string().optional(),
  }),
})

/**
 * Asks who is there before the body of the request is read, for routes whose path names an election.
 * An election of another organisation is not there for them.
 */
export function forElection(
  context: Pick<ServerContext, 'work' | 'clock'>,
  action: Action,
): (request: FastifyRequest) => Promise<void> {
  const { work } = context
  const admit = doorOf(context, action)
  return async (request) => {
    const asking = await request.server.officersDoor.ask(request)
    const slug = slugIn(request)
    const election = await readElection(work, slug)
    const { organisation_id: holder } = election
    if (holder !== asking.actor.organisationId) throw new ElectionNotFound(slug)
    const { unitId } = asking.actor
    const units = unitId === null ? [] : await work.read((tx) => unitsOfElection(tx, election))
    await admit(asking, (actor) => {
      requireMay(actor, action, holder)
      requireWithin(actor, action, units)
    })
    request.asking = asking
  }
}

/** The same for routes whose path names an organisation. */
export function forOrganisation(
  context: Pick<ServerContext, 'work' | 'clock'>,
  action: Action,
): (request: FastifyRequest) => Promise<void> {
  const { work } = context
  const admit = doorOf(context, action)
  return async (request) => {
    const asking = await request.server.officersDoor.ask(request)
    const slug = slugIn(request)
    const { id } = await readOrganisation(work, slug)
    if (id !== asking.actor.organisationId) throw new OrganisationNotFound(slug)
    await admit(asking, (actor) => {
      requireMay(actor, action, id)
      if (!partwise.includes(action)) requireWithin(actor, action, [])
    })
    request.asking = asking
  }
}

/**
 * The same for routes whose path names nothing of an organisation: it is that of the key. A session will not do, nor a key
 * that tries things out: what these routes do takes several steps, each of which needs what the one before has done.
 */
export function forKey(
  context: Pick<ServerContext, 'work' | 'clock'>,
  action: Action,
): (request: FastifyRequest) => Promise<void> {
  const admit = doorOf(context, action)
  return async (request) => {
    const asking = await request.server.officersDoor.ask(request)
    const { actor, sessionId } = asking
    await admit(asking, (officer) => {
      requireMay(officer, action, officer.organisationId)
      requireWithin(officer, action, [])
    })
    if (sessionId !== undefined || actor.dryRun) throw new KeyUnfit()
    request.asking = asking
  }
}

/** What an officer of a unit does for that one alone, though the path names the whole organisation. */
const partwise: readonly Action[] = ['organisation:read', 'election:list', 'election:create']

/** In milliseconds: an officer who is refused the same thing again and again is in the log once in so long. */
const refusedFor = 60_000

/** Lets in who may; who may not is in the log. @throws NotAllowed */
function doorOf(
  { work, clock }: Pick<ServerContext, 'work' | 'clock'>,
  action: Action,
): (asking: Asking, judge: (actor: Actor) => void) => Promise<void> {
  const refusals = new Recently(clock, refusedFor)
  return async ({ actor }, judge) => {
    try {
      judge(actor)
    } catch (error) {
      if (!refusals.isNew(String(actor.keyId))) throw error
      await work.as(actor.name, 'apply').write(permissions[action].deed, () => Promise.reject(error))
    }
  }
}

/** For routes that name nothing. */
export async function forWhoeverIsSignedIn(request: FastifyRequest): Promise<void> {
  request.asking = await request.server.officersDoor.ask(request)
}

/** The officer whom one of the hooks above let in. */
export function officerOf(request: FastifyRequest): Asking {
  if (request.asking === undefined) throw new Error('nobody was asked who they are')
  return request.asking
}

/** Nothing else is repeated in an answer: it may be a secret at the wrong place. */
function slugIn(request: FastifyRequest): string {
  const { id } = request.params as { id: string }
  if (!slugPattern.test(id)) throw new NothingHere()
  return id
}
