import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type HostDirectory,
  holderOf,
  type Place,
  readHostDirectory,
} from '../organisation/host-directory.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { HostAmbiguous, NothingHere } from './refusals.ts'

declare module 'fastify' {
  interface FastifyRequest {
    place: Place | undefined
  }
}

/** What whoever keeps the server running asks by its address, not by the name of an organisation. */
const probes: ReadonlySet<string> = new Set(['/api/health', '/api/ready', '/api/metrics'])

/** Milliseconds until another process's change of the hosts is heeded. */
const freshness = 2000

/**
 * Leads each request to the organisation of its host, and lets it see the elections of that one only. With hosts
 * in the file, a page that had its own name point to this machine gets nothing.
 */
export function installHosts(app: FastifyInstance, { work }: { work: UnitOfWork }): void {
  const directory = freshDirectory(work)
  app.decorateRequest('place', undefined)
  app.addHook('onRequest', async (request) => {
    if (hasSeveralHosts(request)) throw new HostAmbiguous()
    if (probes.has(request.routeOptions.url ?? '')) return
    const known = await directory()
    const place = known.placeOf(request.host)
    if (place === undefined) throw new NothingHere()
    request.place = place
    const election = electionOf(request)
    if (election === undefined || known.alone) return
    const holder = await holderOf(work, election)
    if (holder !== undefined && holder !== place.id) throw new NothingHere()
  })
}

/** The organisation of the host; undefined for probes, which are of none. */
export function organisationOf(request: FastifyRequest): Place | undefined {
  return request.place
}

/** Whoever stands before this server may have believed the other one. */
function hasSeveralHosts({ raw }: FastifyRequest): boolean {
  return raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1
}

/** The election that the path names: every parameter of that kind is called `id` or `election`. */
function electionOf(request: FastifyRequest): string | undefined {
  if (request.routeOptions.url?.startsWith('/api/organizations/') === true) return undefined
  const { id, election } = request.params as Readonly<Record<string, string | undefined>>
  return id ?? election
}

function freshDirectory(work: UnitOfWork): () => Promise<HostDirectory> {
  let reading: Promise<HostDirectory> | undefined
  let readAt = 0
  return () => {
    if (reading !== undefined && performance.now() - readAt <= freshness) return reading
    const next = readHostDirectory(work)
    readAt = performance.now()
    reading = next
    next.catch(() => {
      if (reading === next) reading = undefined
    })
    return next
  }
}
