import { z } from 'zod'
import { networkFault } from '../../audit/watch/fetch-archive.ts'
import { jsonOf } from '../../json-of.ts'
import type { Invitation } from './invitation.ts'
import { ServerDistrusted, ServerRefuses, TrusteeServerUnreachable } from './refusals.ts'
import { type TrusteeTask, trusteeTaskSchema } from './trustee-task.ts'

/** A server, as a trustee with an invitation sees it. */
export interface TrusteeServer {
  /** Of the public archive. */
  readonly archiveAddress: string
  /** What is asked of the trustee now. @throws ServerRefuses, TrusteeServerUnreachable, ServerDistrusted */
  task(): Promise<TrusteeTask>
  /**
   * @param text of the file that the trustee would send otherwise
   * @returns whether enough of the group had done their part without it
   * @throws ServerRefuses, TrusteeServerUnreachable, ServerDistrusted
   */
  send(where: 'answers' | 'contributions', text: string): Promise<{ enough: boolean }>
  /** Tells the officers why the trustee does not go on. @throws ServerRefuses, TrusteeServerUnreachable */
  object(reason: string): Promise<void>
}

/** In characters: what thirty trustees share among them takes less than a tenth of it. */
const longestAnswer = 32 * 1024 * 1024
/** In milliseconds, for all but contributions: those are verified before they are answered. */
const patience = 60_000

const takenSchema = z.object({ enough: z.boolean() })
const formUnknown = 'its answer is not of the form that this urna knows'

export function trusteeServer({ server, election, name, secret }: Invitation): TrusteeServer {
  const address = `${server}/api/elections/${election.slug}`

  async function ask(path: string, init: RequestInit): Promise<unknown> {
    try {
      const reply = await fetch(`${address}/trustee/${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${secret}` },
        // The secret is for this server, and for none that it names.
        redirect: 'error',
      })
      const body = jsonOf(await textOf(reply, server))
      if (reply.ok) return body
      throw refusalIn(body, { server, status: reply.status })
    } catch (error) {
      const reason = networkFault(error)
      throw reason === undefined ? error : new TrusteeServerUnreachable({ server, reason })
    }
  }

  return {
    archiveAddress: `${address}/archive/`,
    async task() {
      const task = trusteeTaskSchema.safeParse(await ask('', { signal: AbortSignal.timeout(patience) }))
      const distrust = (reason: string) => new ServerDistrusted({ server, reason })
      if (!task.success) throw distrust(formUnknown)
      const { election: said, trustee } = task.data
      if (said.uuid !== election.uuid) throw distrust('it speaks of another election than your invitation')
      if (trustee !== name) throw distrust('it takes you for another trustee than your invitation')
      return task.data
    },
    async send(where, text) {
      const headers = { 'content-type': 'application/json' }
      const signal = where === 'answers' ? { signal: AbortSignal.timeout(patience) } : {}
      const taken = takenSchema.safeParse(
        await ask(`${where}/`, { method: 'POST', headers, body: text, ...signal }),
      )
      if (!taken.success) throw new ServerDistrusted({ server, reason: formUnknown })
      return taken.data
    },
    async object(reason) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ reason: plain(reason) })
      await ask('objections/', { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) })
    },
  }
}

/** What a server sends without end is given up. */
async function textOf(reply: Response, server: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > longestAnswer) {
      throw new ServerDistrusted({ server, reason: 'its answer has no end' })
    }
  }
  return text
}

function refusalIn(body: unknown, { server, status }: { server: string; status: number }): ServerRefuses {
  const { error } = (body ?? {}) as { error?: { code?: unknown; message?: unknown } }
  const said = typeof error?.code === 'string' ? plain(error.code) : 'unknown'
  const message = typeof error?.message === 'string' ? plain(error.message) : `it answers ${status}.`
  return new ServerRefuses({ server, status, said, message })
}

/** Somebody else's words, for a sentence. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 1000)
}
