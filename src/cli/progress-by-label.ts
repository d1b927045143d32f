import { type Progress, startProgress } from './progress.ts'

/** Bars one after the other, for work of several phases: a new label ends the bar of the one before. */
export function progressByLabel(): {
  update(label: string, done: number, total: number): void
  stop(): void
} {
  let current: { label: string; bar: Progress } | undefined
  return {
    update(label, done, total) {
      if (current?.label !== label) {
        current?.bar.stop()
        current = { label, bar: startProgress(label, total) }
      }
      current.bar.update(done, total)
    },
    stop() {
      current?.bar.stop()
      current = undefined
    },
  }
}
