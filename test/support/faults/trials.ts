import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { WrongPassphrase } from '../../../src/store/refusals.ts'
import type { FinishedProcess } from '../urna-process.ts'
import type { Deed } from './deeds.ts'
import { passphrase, type Stages, wordsIn } from './stages.ts'
import { type FileState, filesIn, isWhole, stateOf } from './state.ts'
import { type Call, callsOf, type Fault, runPlainly, runWith } from './strace.ts'

const file = 'club.urna'

/** What a deed does if nothing goes wrong. */
interface Undisturbed {
  readonly calls: readonly Call[]
  readonly before: FileState
  readonly after: FileState
  /** From where it was repeated already. */
  readonly places: Set<string>
  readonly names: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> }
}

async function undisturbed(stages: Stages, deed: Deed): Promise<Undisturbed> {
  const folder = stages.copy(deed.at)
  const before = await stateIn(folder)
  const names = new Set(filesIn(folder).keys())
  const { status, stdout, stderr, calls } = await callsOf(folder, wordsIn(folder, deed.words))
  if (status !== 0 && status !== deed.ends) throw new Error(`${deed.words}: ${stdout}${stderr}`)
  const after = await stateIn(folder)
  const made = new Set(filesIn(folder).keys())
  rmSync(folder, { recursive: true })
  // SQLite makes the index of its journal anew from the journal.
  const lasting = calls.filter(({ path }) => !path.endsWith('-shm'))
  const places = new Set([['before', ...names].join(' ')])
  return { calls: lasting, before, after, places, names: { before: names, after: made } }
}

/** The passphrase may have been changed, or its change been cut short. */
async function stateIn(folder: string): Promise<FileState> {
  const path = join(folder, file)
  try {
    return await stateOf(path, passphrase)
  } catch (error) {
    if (!(error instanceof WrongPassphrase)) throw error
    if (error.details.copy === undefined) return stateOf(path, 'another good passphrase')
    return stateOf(path, 'another good passphrase').catch(() => putBack(path, String(error.details.copy)))
  }
}

/** What the sentence about a passphrase that was cut short tells the officer to do. */
function putBack(path: string, copy: string): Promise<FileState> {
  renameSync(copy, path)
  rmSync(`${path}-journal`, { force: true })
  return stateOf(path, passphrase)
}

export interface Trials {
  /** How many moments were tried. */
  readonly moments: number
  /** How often the command did not live to its end. */
  readonly killed: number
  /** What went wrong, a sentence each. */
  readonly faults: readonly string[]
}

/**
 * Kills a command before every call that changes something, and looks at what is left.
 * @param step to try every first, second … of them
 */
export async function killAtEveryWrite(stages: Stages, deed: Deed, step = 1): Promise<Trials> {
  const whole = await undisturbed(stages, deed)
  const moments = whole.calls.filter(({ changes }) => changes).filter((_, index) => index % step === 0)
  const faults: string[] = []
  let killed = 0
  for (const call of moments) {
    const trial = await tried(stages, deed, whole, { call, kind: 'KILL' })
    if (trial.killed) killed += 1
    if (trial.wrong !== undefined) faults.push(`${sentenceOf(call)}: ${trial.wrong}`)
  }
  return { moments: moments.length, killed, faults }
}

function sentenceOf({ name, path, nth }: Call): string {
  return `killed before ${name} no. ${nth} of ${path}`
}

async function tried(
  stages: Stages,
  deed: Deed,
  whole: Undisturbed,
  fault: Fault,
): Promise<{ killed: boolean; wrong: string | undefined }> {
  const folder = stages.copy(deed.at)
  try {
    const run = await runWith(fault, folder, wordsIn(folder, deed.words))
    const killed = run.status === null
    const wrong =
      killed || isAsUsual(run, deed)
        ? await wrongAfter(folder, { deed, whole, said: run.stdout })
        : `it ended with ${run.status}: ${run.stdout}${run.stderr}`
    return { killed, wrong }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function isAsUsual({ status }: FinishedProcess, { ends = 0 }: Deed): boolean {
  return status === 0 || status === ends
}

/** @returns what is wrong with what a killed command left, and with repeating it */
async function wrongAfter(
  folder: string,
  { deed, whole, said }: { deed: Deed; whole: Undisturbed; said: string },
): Promise<string | undefined> {
  const left = await leftIn(folder, whole, deed)
  if (typeof left === 'string') return left
  if (said !== '' && deed.shows !== true && left.state === 'before')
    return `it said "${said}" and did nothing`
  // From the same place the same thing comes: once is enough.
  const place = [left.state, ...filesIn(folder).keys()].join(' ')
  if (whole.places.has(place)) return
  whole.places.add(place)
  let repeated = await runPlainly(folder, wordsIn(folder, deed.words))
  const leftOver = /(\S+\.part) was left by a command that did not finish/.exec(repeated.stderr)?.[1]
  if (leftOver !== undefined) {
    // The officer deletes it, as the sentence says.
    rmSync(join(folder, leftOver))
    repeated = await runPlainly(folder, wordsIn(folder, deed.words))
  }
  const again = left.state === 'after' && repeated.status === deed.again
  if (!again && !isAsUsual(repeated, deed)) {
    return `from the state ${left.state} it can't be repeated: ${repeated.status} ${repeated.stdout}${repeated.stderr}`
  }
  const end = await stateIn(folder)
  // The log may have a refusal, too.
  const same = left.state === 'after' || end.outcome === whole.after.outcome
  if (!same) return 'repeated, it does something else'
  const missing = [...whole.names.after].filter((name) => !filesIn(folder).has(name))
  if (missing.length > 0) return `repeated, it leaves out ${missing.join(', ')}`
}

/** Whether all of it was done or nothing; or what is neither. */
async function leftIn(
  folder: string,
  { before, after, names }: Undisturbed,
  { inSteps = false }: Deed,
): Promise<{ state: 'before' | 'between' | 'after' } | string> {
  for (const [name, size] of filesIn(folder)) {
    if (names.before.has(name) || name.startsWith(file) || name.endsWith('.part')) continue
    if (!names.after.has(name)) return `it left ${name}`
    // A name that is taken for the file beside it.
    const taken = size === 0 && filesIn(folder).has(`${name}.part`)
    if (!taken && !isWhole(join(folder, name))) return `it left a part of ${name} under its name`
  }
  let state: FileState
  try {
    state = await stateIn(folder)
  } catch (error) {
    return `the file can't be read: ${String(error)}`
  }
  const withFiles = [...names.after].every((name) => filesIn(folder).has(name))
  if (before.exactly === after.exactly) return { state: withFiles ? 'after' : 'before' }
  if (state.exactly === before.exactly) return { state: 'before' }
  if (state.shape === after.shape) return { state: 'after' }
  if (inSteps) return { state: 'between' }
  return `it is half done: ${difference(before.shape, after.shape, state.shape)}`
}

function difference(before: string, after: string, state: string): string {
  const lines = (text: string) => new Set(text.split('\n'))
  const [was, is, now] = [lines(before), lines(after), lines(state)]
  const lost = [...is].filter((line) => !now.has(line))
  const strange = [...now].filter((line) => !was.has(line) && !is.has(line))
  return `missing ${JSON.stringify(lost.slice(0, 3))}, strange ${JSON.stringify(strange.slice(0, 3))}`
}
