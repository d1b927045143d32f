import { verify } from '../../src/verify/browser.ts'
import type { VerifyReply, VerifyRequest } from './verify-messages.ts'

/** In milliseconds, between two words on how far it is. */
const tellEvery = 100

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  answer(data).catch((error: unknown) => {
    if (!(error instanceof Unreachable)) throw error
    tell({ kind: 'unreachable' })
  })
})

/** What `urna verify` does, on the archive as it comes over the network. */
async function answer({ url, seed }: VerifyRequest): Promise<void> {
  let told = 0
  const archive = { name: url, open: () => download(url) }
  const { outcome, inTheClear, complete, checks, recasts, head, archiveHash, contests } = await verify(
    archive,
    {
      seed,
      onProgress: (step) => {
        const now = performance.now()
        if (now - told < tellEvery) return
        told = now
        tell({ kind: 'progress', ...step })
      },
    },
  )
  tell({
    kind: 'verdict',
    verdict: {
      ...{ outcome, inTheClear, complete, checks, recasts, head, archiveHash },
      contests: contests?.map(({ title, tabulation: { outcome, options, winners } }) => ({
        title,
        winners: winners.map(({ option }) => options[option]!),
        decided: outcome.kind === 'decided',
      })),
    },
  })
}

class Unreachable extends Error {}

/** The bytes as they arrive. */
async function* download(url: string): AsyncGenerator<Uint8Array> {
  const reply = await fetch(url).catch(() => undefined)
  if (reply?.ok !== true || reply.body === null) throw new Unreachable()
  const reader = reply.body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Unreachable()
    })
    if (done) return
    yield value
  }
}

function tell(reply: VerifyReply): void {
  postMessage(reply)
}
