import { SingleBar } from 'cli-progress'

export interface Progress {
  /** @param total may become known, or change, on the way */
  update(done: number, total?: number): void
  stop(): void
}

/** A bar on standard error for long work; silent where standard error is no terminal. */
export function startProgress(label: string, total: number): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${label} {bar} {percentage}% · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    clearOnComplete: true,
    stopOnComplete: false,
    // Ctrl-C ends the command at once: nothing may wait to be undone, and no handler may swallow the signal.
    gracefulExit: false,
    hideCursor: false,
    linewrap: true,
  })
  bar.start(total, 0)
  return {
    update: (done, newTotal) => {
      if (newTotal !== undefined) bar.setTotal(newTotal)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
