/** Something that is done until it is stopped. */
export interface Repeated {
  /** Resolves when what is being done is done. */
  stop(): Promise<void>
}

/**
 * Does something at once and again and again until it is stopped, never twice at a time.
 * @param options.look is told how to ask whether it should come to an end, and returns for how many milliseconds it rests
 * @param options.onFault hears what went wrong; it goes on all the same
 * @param options.rest in milliseconds, after a fault
 */
export function again({
  look,
  onFault,
  rest,
}: {
  look: (isStopped: () => boolean) => Promise<number>
  onFault: (error: unknown) => void
  rest: number
}): Repeated {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const turn = async () => {
    const pause = await look(() => stopped).catch((error: unknown) => {
      onFault(error)
      return rest
    })
    if (stopped) return
    timer = setTimeout(() => {
      looking = turn()
    }, pause)
  }
  let looking = turn()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}
