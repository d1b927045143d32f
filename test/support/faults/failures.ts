import { rmSync } from 'node:fs'
import type { FinishedProcess } from '../urna-process.ts'
import type { Deed } from './deeds.ts'
import { inTurn } from './process.ts'
import { type Stages, wordsIn } from './stages.ts'
import { filesIn } from './state.ts'
import { type Call, type Fault, runWith } from './strace.ts'
import { isAsUsual, leftIn, type Undisturbed, undisturbed, wrongAfter } from './trials.ts'

/** What the system may say to a call: each for every third call that it can be said to. */
function errorsOf({ name }: Call): readonly Fault['kind'][] {
  if (/sync/.test(name)) return ['EIO', 'ENOSPC']
  return /write|truncate|copy|sendfile/.test(name) ? ['ENOSPC', 'EIO'] : ['EROFS', 'ENOSPC', 'EIO']
}

/** The first and the last call of each name for each file: what lies between goes the same ways. */
function faultsOf(calls: readonly Call[]): Fault[] {
  const sites = Map.groupBy(
    calls.filter(({ name, changes }) => changes || /sync/.test(name)),
    ({ name, path }) => `${name} ${path}`,
  )
  return [...sites.values()].flatMap((site, index) => {
    const errors = errorsOf(site[0]!)
    const kind = errors[index % errors.length]!
    const first: Fault = { call: site[0]!, kind, lasts: true }
    return site.length === 1 ? [first] : [first, { call: site.at(-1)!, kind, lasts: true }]
  })
}

/**
 * Lets a command be refused every kind of call that changes something, or makes sure that it lasts.
 * @returns how often, and what went wrong, a sentence each
 */
export async function failAtEverySite(
  stages: Stages,
  deed: Deed,
): Promise<{ failures: number; faults: string[] }> {
  const whole = await inTurn(() => undisturbed(stages, deed))
  const failures = faultsOf(whole.calls)
  const faults: string[] = []
  for (const fault of failures) {
    const folder = await stages.copy(deed.at)
    const { name, path, nth } = fault.call
    const wrong = await inTurn(async () => {
      const run = await runWith(fault, folder, wordsIn(folder, deed.words))
      return (
        (await wrongAnswer(folder, { deed, whole, run, fault })) ??
        (await wrongAfter(folder, { deed, whole, said: '' }))
      )
    })
    if (wrong !== undefined) faults.push(`${fault.kind} from ${name} no. ${nth} of ${path}: ${wrong}`)
    rmSync(folder, { recursive: true })
  }
  return { failures: failures.length, faults }
}

/** Whether what it says is a sentence, and true. */
async function wrongAnswer(
  folder: string,
  { deed, whole, run, fault }: { deed: Deed; whole: Undisturbed; run: FinishedProcess; fault: Fault },
): Promise<string | undefined> {
  const { status, stderr } = run
  const left = await leftIn(folder, whole, deed)
  if (typeof left === 'string') return `${left}; it ended with ${status}: ${stderr}`
  const { state } = left
  if (isAsUsual(run, deed)) {
    return state === 'after' || deed.inSteps === true
      ? undefined
      : `it ended well in the state ${state}: ${stderr}`
  }
  if (!isSentence(run)) return `it ended with ${status}: ${stderr}`
  if (state === 'after' && / for club\.urna; nothing is half done/.test(stderr))
    return `it did all, and said: ${stderr}`
  // What can't be deleted stays.
  if (fault.call.name.startsWith('unlink')) return
  const stray = [...filesIn(folder).keys()].filter(
    (name) => /\.(part|unfinished|restoring)/.test(name) && !stderr.includes(name),
  )
  if (stray.length > 0) return `it left ${stray.join(', ')} and said: ${stderr}`
}

/** Whether a command was refused something outside it, in a sentence with what to do. */
export function isSentence({ status, stderr }: FinishedProcess): boolean {
  return status === 8 && /^Error: .+\.\n {2}\S.+\.$/m.test(stderr) && !/^ +at /m.test(stderr)
}
