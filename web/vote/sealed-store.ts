import * as z from 'zod/mini'

/**
 * A sealed ballot that the server has not confirmed yet. It is kept in this tab alone, and only once it is sealed, so
 * that a reload sends the same bytes again and not a second ballot: its text, which goes to the public board anyway,
 * and its tracking code. Never the token, and never a choice: neither can be read from it. Where ballots are signed and
 * not sealed the choices can be, and the voter was told; it is forgotten with the tab, or when the voter is done.
 */
const pendingSchema = z.strictObject({ json: z.string(), trackingCode: z.string(), fingerprint: z.string() })

export type PendingBallot = z.infer<typeof pendingSchema>

const nameOf = (slug: string) => `urna.sealed.${slug}`

export function keepPending(slug: string, pending: PendingBallot): void {
  try {
    sessionStorage.setItem(nameOf(slug), JSON.stringify(pending))
  } catch {
    // Without storage the ballot is in memory still; a reload would lose it, and the voter begins again.
  }
}

/** @param fingerprint of the election now: a ballot for another text of it is none */
export function findPending(slug: string, fingerprint: string): PendingBallot | undefined {
  try {
    const pending = pendingSchema.safeParse(JSON.parse(sessionStorage.getItem(nameOf(slug)) ?? 'null'))
    return pending.success && pending.data.fingerprint === fingerprint ? pending.data : undefined
  } catch {
    return undefined
  }
}

export function forgetPending(slug: string): void {
  try {
    sessionStorage.removeItem(nameOf(slug))
  } catch {
    // There was none to forget.
  }
}
