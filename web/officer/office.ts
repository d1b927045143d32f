import * as z from 'zod/mini'
import { type Dashboard, dashboardSchema } from '../../src/election/dashboard-schema.ts'
import { apiAddress } from '../shared/addresses.ts'
import { type Answer, ask, posted } from '../shared/answers.ts'

const session = z.object({
  officer: z.string(),
  role: z.string(),
  organisation: z.string(),
  may: z.array(z.string()),
  dryRun: z.boolean(),
  csrf: z.nullable(z.string()),
})

/** Who is signed in, and what they may do. */
export type Session = z.infer<typeof session>

const listedElections = z.object({
  elections: z.array(z.object({ election: z.string(), title: z.string(), status: z.string() })),
})

export type ListedElections = z.infer<typeof listedElections>

export const incidentKinds = ['procedure', 'technical', 'complaint', 'contested', 'difference'] as const

const listedIncident = z.object({
  number: z.int(),
  kind: z.enum(incidentKinds),
  at: z.string(),
  text: z.string(),
  contest: z.nullable(z.string()),
  affected: z.int(),
  affectedKind: z.enum(['ballots', 'voters']),
  effect: z.enum(['none', 'could', 'not-excluded', 'no-result']),
  resolution: z.nullable(z.string()),
})
const listedIncidents = z.object({ incidents: z.array(listedIncident) })

export type ListedIncident = z.infer<typeof listedIncident>

export const steps = ['open', 'pause', 'resume', 'close'] as const
export type Step = (typeof steps)[number]

/** The cookie of the session goes along; no script can read it. */
const signed: RequestInit = { credentials: 'same-origin' }

export function currentSession(): Promise<Answer<Session>> {
  return ask('/api/session', session, signed)
}

export function signIn(key: string): Promise<Answer<Session>> {
  return ask('/api/session', session, { ...signed, ...posted({ key }) })
}

export function signOut({ csrf }: Session): Promise<Answer<unknown>> {
  return ask('/api/session', z.unknown(), { ...signed, method: 'DELETE', headers: tokenOf(csrf) })
}

export function askElections({ organisation }: Session): Promise<Answer<ListedElections>> {
  const address = `/api/organizations/${encodeURIComponent(organisation)}/elections/`
  return ask(address, listedElections, signed)
}

export function askDashboard(slug: string): Promise<Answer<Dashboard>> {
  return ask(apiAddress(slug, 'dashboard/'), dashboardSchema, signed)
}

export function askIncidents(slug: string): Promise<Answer<z.infer<typeof listedIncidents>>> {
  return ask(apiAddress(slug, 'incidents/'), listedIncidents, signed)
}

export function recordIncident(
  { csrf }: Session,
  slug: string,
  incident: Pick<ListedIncident, 'kind' | 'text' | 'affected' | 'affectedKind'>,
): Promise<Answer<unknown>> {
  const { method, headers, body } = posted(incident)
  return ask(apiAddress(slug, 'incidents/'), z.unknown(), {
    ...signed,
    ...{ method, body, headers: { ...headers, ...tokenOf(csrf) } },
  })
}

/** @param confirmed what the officer typed */
export function takeStep(
  { csrf }: Session,
  { slug, step, confirmed }: { slug: string; step: Step; confirmed: string },
): Promise<Answer<unknown>> {
  const { method, headers, body } = posted(step === 'close' ? { confirm: confirmed } : {})
  return ask(apiAddress(slug, `${step}/`), z.unknown(), {
    ...signed,
    ...{ method, body, headers: { ...headers, ...tokenOf(csrf) } },
  })
}

/** Whether the server knows of nobody who is signed in. */
export function isNobody(answer: Answer<unknown> | undefined): boolean {
  return answer?.kind === 'refused' && answer.status === 401
}

function tokenOf(csrf: string | null): Record<string, string> {
  return csrf === null ? {} : { 'x-csrf-token': csrf }
}
