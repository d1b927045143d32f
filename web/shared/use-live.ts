import { useEffect, useState } from 'preact/hooks'
import * as z from 'zod/mini'

const unit = z.object({
  unit: z.enum(['region', 'chapter', 'district']),
  name: z.nullable(z.string()),
  voters: z.number(),
  voted: z.number(),
})

const liveMessage = z.discriminatedUnion('event', [
  z.object({ event: z.literal('vote_count_updated'), votes: z.number() }),
  z.object({
    event: z.literal('voter_turnout_updated'),
    voters: z.number(),
    voted: z.number(),
    units: z.array(unit),
  }),
])

export interface LiveCount {
  /** Whether the counts come in now. */
  readonly connected: boolean
  readonly votes: number | undefined
  readonly turnout:
    | { readonly voters: number; readonly voted: number; readonly units: readonly z.infer<typeof unit>[] }
    | undefined
}

/** In milliseconds, between two tries to connect: the first pause, and the longest. */
const pauses = { first: 1000, longest: 30_000 }

const nothing: LiveCount = { connected: false, votes: undefined, turnout: undefined }

/** The live counts of an election; undefined where none is chosen. */
export function useLive(slug: string | undefined): LiveCount {
  const [count, setCount] = useState(nothing)
  useEffect(() => {
    setCount(nothing)
    return slug === undefined ? undefined : connect(slug, setCount)
  }, [slug])
  return count
}

/** @returns how to end it */
function connect(slug: string, set: (change: (before: LiveCount) => LiveCount) => void): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = pauses.first
  let over = false
  const open = () => {
    const address = new URL(`/ws/elections/${encodeURIComponent(slug)}`, location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    socket = new WebSocket(address)
    socket.onopen = () => {
      pause = pauses.first
      set((before) => ({ ...before, connected: true }))
    }
    socket.onmessage = ({ data }) => set((before) => withMessage(before, String(data)))
    socket.onclose = () => {
      if (over) return
      set((before) => ({ ...before, connected: false }))
      // Not all at once, when a server comes back.
      timer = setTimeout(open, pause * (0.5 + Math.random()))
      pause = Math.min(2 * pause, pauses.longest)
    }
  }
  open()
  return () => {
    over = true
    clearTimeout(timer)
    socket?.close()
  }
}

function withMessage(before: LiveCount, text: string): LiveCount {
  const read = liveMessage.safeParse(JSON.parse(text))
  if (!read.success) return before
  const { data } = read
  if (data.event === 'vote_count_updated') return { ...before, votes: data.votes }
  return { ...before, turnout: data }
}
