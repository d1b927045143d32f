import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Prints where each thread spent its time, in microseconds a ballot: by package, or function of
 * ours, without what it called. */
export function printProfile(folder: string, ballots: number, say: (text: string) => void): void {
  for (const name of readdirSync(folder).sort()) {
    const profile = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile
    const spent = new Map<string, number>()
    const placeOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, place(callFrame)]))
    for (const [index, id] of profile.samples.entries()) {
      const where = placeOf.get(id)!
      spent.set(where, (spent.get(where) ?? 0) + profile.timeDeltas[index]!)
    }
    const idle = spent.get('(idle)') ?? 0
    const total = [...spent.values()].reduce((sum, each) => sum + each, 0)
    const busy = total - idle - (spent.get('(program)') ?? 0)
    say(`thread ${name.split('.')[4]}: ${(busy / ballots).toFixed(0)} µs a ballot`)
    for (const [where, microseconds] of [...spent].sort(([, a], [, b]) => b - a).slice(0, 24)) {
      if (where !== '(idle)') say(`  ${(microseconds / ballots).toFixed(1).padStart(7)}  ${where}`)
    }
  }
}

function place({ functionName, url }: { functionName: string; url: string }): string {
  if (url === '') return functionName
  const bought = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  return bought ?? (url.startsWith('node:') ? url : functionName || '(anonymous)')
}
