import type { DeskReply, DeskRequest } from './desk-messages.ts'
import type { SealingDesk } from './sealing-desk.ts'

type Waiting = { resolve: (value: never) => void; reject: (reason: Error) => void }

/** A desk in a worker, so that the page never stands still. @param address of the worker's script */
export function deskInWorker(address: string): SealingDesk {
  const worker = new Worker(address, { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let last = 0

  worker.addEventListener('message', ({ data }: MessageEvent<DeskReply>) => {
    const { resolve, reject } = waiting.get(data.id)!
    waiting.delete(data.id)
    if ('failed' in data) reject(new Error('the sealing desk failed'))
    else resolve(data.value as never)
  })
  // Its script could not be loaded, or stopped.
  let gone = false
  worker.addEventListener('error', () => {
    gone = true
    for (const { reject } of waiting.values()) reject(new Error('the sealing desk is not there'))
    waiting.clear()
  })

  function ask<Deed extends keyof SealingDesk>(
    deed: Deed,
    given: Parameters<SealingDesk[Deed]>,
  ): ReturnType<SealingDesk[Deed]> {
    const id = ++last
    const answer = new Promise<never>((resolve, reject) => {
      if (gone) reject(new Error('the sealing desk is not there'))
      else waiting.set(id, { resolve, reject })
    })
    worker.postMessage({ id, deed, given } as DeskRequest)
    return answer as ReturnType<SealingDesk[Deed]>
  }

  return {
    open: (...given) => ask('open', given),
    isListed: (...given) => ask('isListed', given),
    seal: (...given) => ask('seal', given),
    prove: (...given) => ask('prove', given),
  }
}
