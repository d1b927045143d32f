import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { WrongPassphrase } from '../../../src/store/refusals.ts'
import type { FinishedProcess } from '../urna-process.ts'
import type { Deed } from './deeds.ts'
import { anotherPassphrase, inTurn, passphrase, runPlainly } from './process.ts'
import { type Stages, wordsIn } from './stages.ts'
import { contentOf, type FileState, filesIn, isWhole, stateOf } from './state.ts'
import { lookAfterEach } from './stops.ts'
import { type Call, callsOf, type Fault, runWith } from './strace.ts'

const file = 'club.urna'

/** What a deed does if nothing goes wrong. */
export interface Undisturbed {
  readonly calls: readonly Call[]
  readonly before: FileState
  readonly after: FileState
  /** From where it was repeated already. */
  readonly places: Set<string>
  /** Of the files that it makes, in bytes. */
  readonly sizes: ReadonlyMap<string, number>
  readonly names: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> }
}

export async function undisturbed(stages: Stages, deed: Deed): Promise<Undisturbed> {
  const folder = await stages.copy(deed.at)
  const before = await stateIn(folder, deed)
  const names = namesIn(folder)
  const { status, stdout, stderr, calls } = await callsOf(folder, wordsIn(folder, deed.words))
  if (status !== 0 && status !== deed.ends) throw new Error(`${deed.words}: ${stdout}${stderr}`)
  const after = await stateIn(folder, deed)
  const made = namesIn(folder)
  const sizes = filesIn(folder)
  rmSync(folder, { recursive: true })
  // SQLite makes the index of its journal anew from the journal.
  const lasting = calls.filter(({ path }) => !path.endsWith('-shm'))
  const places = new Set([['before', ...names].join(' ')])
  return { calls: lasting, before, after, places, sizes, names: { before: names, after: made } }
}

/** With the moment left out that some of them have. */
function namesIn(folder: string): Set<string> {
  return new Set([...filesIn(folder).keys()].map(nameOf))
}

function nameOf(name: string): string {
  return name.replace(/\d{14,}/, '<time>')
}

/** The passphrase may have been changed, which is part of the state. */
export async function stateIn(folder: string, { drawn }: Pick<Deed, 'drawn'> = {}): Promise<FileState> {
  const path = join(folder, file)
  try {
    return await stateOf(path, passphrase, drawn)
  } catch (error) {
    if (!(error instanceof WrongPassphrase)) throw error
    const { shape, outcome, exactly } = await stateOf(path, anotherPassphrase, drawn)
    const another = 'with another passphrase\n'
    return { shape: another + shape, outcome: another + outcome, exactly: another + exactly }
  }
}

export interface Trials {
  /** How many moments there are. */
  readonly moments: number
  /** How many of them left something that no other one had left. */
  readonly different: number
  /** What went wrong, a sentence each. */
  readonly faults: readonly string[]
}

/** Of a command: `passphrase change`, which writes each page twice, has some 600. */
const mostMoments = 1500

/** Looks at what a command leaves that is ended after any of the calls that change something. */
export async function endAtEveryWrite(stages: Stages, deed: Deed): Promise<Trials> {
  const whole = await inTurn(() => undisturbed(stages, deed))
  const folder = await stages.copy(deed.at)
  const faults: string[] = []
  const seen = new Set<string>()
  let moments = 0
  const where = { folder, argv: wordsIn(folder, deed.words), copy: stages.newFolder(deed.at) }
  const finished = await inTurn(() =>
    lookAfterEach(whole.calls, where, async ({ folder: left, said, after }) => {
      moments += 1
      if (moments > mostMoments) throw new Error(`${deed.words} changes something without end: ${after}`)
      const content = `${contentOf(left)} ${said === ''}`
      if (seen.has(content)) return
      seen.add(content)
      const wrong = await wrongAfter(left, { deed, whole, said })
      if (wrong !== undefined) faults.push(`ended after ${after}: ${wrong}`)
    }),
  )
  if (!isAsUsual(finished, deed)) faults.push(`it ended with ${finished.status}: ${finished.stderr}`)
  rmSync(folder, { recursive: true })
  return { moments, different: seen.size, faults }
}

/** Really kills a command before one of the calls that change something. @returns what is wrong then */
export async function killAt(
  stages: Stages,
  deed: Deed,
  { whole, call }: { whole: Undisturbed; call: Call },
): Promise<{ killed: boolean; wrong: string | undefined }> {
  const folder = await stages.copy(deed.at)
  try {
    const fault: Fault = { call, kind: 'KILL' }
    const run = await inTurn(() => runWith(fault, folder, wordsIn(folder, deed.words)))
    const killed = run.status === null
    const wrong =
      killed || isAsUsual(run, deed)
        ? await inTurn(() => wrongAfter(folder, { deed, whole, said: run.stdout }))
        : `it ended with ${run.status}: ${run.stdout}${run.stderr}`
    return { killed, wrong }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function isAsUsual({ status }: FinishedProcess, { ends = 0 }: Deed): boolean {
  return status === 0 || status === ends
}

/** @returns what is wrong with what a command left that was cut short, and with repeating it */
export async function wrongAfter(
  folder: string,
  { deed, whole, said }: { deed: Deed; whole: Undisturbed; said: string },
): Promise<string | undefined> {
  const left = await leftIn(folder, whole, deed)
  if (typeof left === 'string') return left
  if (said !== '' && deed.shows !== true && left.state === 'before')
    return `it said "${said}" and did nothing`
  // From the same place the same thing comes: once is enough.
  const place = [left.state, ...namesIn(folder)].join(' ')
  if (whole.places.has(place)) return
  whole.places.add(place)
  let repeated = await runPlainly(folder, wordsIn(folder, deed.words))
  const leftOver = /(\S+\.part) was left by a command that did not finish/.exec(repeated.stderr)?.[1]
  if (leftOver !== undefined) {
    // The officer deletes it, as the sentence says.
    rmSync(join(folder, leftOver))
    repeated = await runPlainly(folder, wordsIn(folder, deed.words))
  }
  const toName = /tokens are in (\S+\.part),.* rename it to (\S+)\.$/m.exec(repeated.stderr)
  if (toName !== null) renameSync(join(folder, toName[1]!), join(folder, toName[2]!))
  const again = (left.state === 'after' || toName !== null) && repeated.status === deed.again
  if (!again && !isAsUsual(repeated, deed)) {
    return `from the state ${left.state} it can't be repeated: ${repeated.status} ${repeated.stdout}${repeated.stderr}`
  }
  const end = await stateIn(folder, deed)
  // The log may have a refusal, too.
  const same = left.state === 'after' || end.outcome === whole.after.outcome
  if (!same) return 'repeated, it does something else'
  const made = namesIn(folder)
  const missing = [...whole.names.after].filter((name) => !made.has(name))
  if (missing.length > 0) return `repeated, it leaves out ${missing.join(', ')}`
}

/** The names that urna gives a file until it is whole. */
const unfinished = /\.(part|unfinished|restoring)(-wal|-shm|-journal)?$/

/** Whether all of it was done or nothing; or what is neither. */
export async function leftIn(
  folder: string,
  { before, after, names, sizes }: Undisturbed,
  deed: Deed,
): Promise<{ state: 'before' | 'between' | 'after' } | string> {
  for (const [path, size] of filesIn(folder)) {
    const name = nameOf(path)
    if (names.before.has(name) || name.startsWith(file) || unfinished.test(name)) continue
    if (!names.after.has(name)) return `it left ${name}`
    // A name that is taken for the file beside it.
    const taken = size === 0 && filesIn(folder).has(`${name}.part`)
    if (!taken && !(await isWhole(join(folder, path), sizes.get(name))))
      return `it left a part of ${name} under its name`
  }
  let state: FileState
  try {
    state = await stateIn(folder, deed)
  } catch (error) {
    return `the file can't be read: ${String(error)}`
  }
  const made = namesIn(folder)
  const withFiles = [...names.after].every((name) => made.has(name))
  if (before.exactly === after.exactly) return { state: withFiles ? 'after' : 'before' }
  if (state.exactly === before.exactly) return { state: 'before' }
  if (state.shape === after.shape) return { state: 'after' }
  if (deed.inSteps === true) return { state: 'between' }
  return `it is half done: ${difference(before.shape, after.shape, state.shape)}`
}

function difference(before: string, after: string, state: string): string {
  const lines = (text: string) => new Set(text.split('\n'))
  const [was, is, now] = [lines(before), lines(after), lines(state)]
  const lost = [...is].filter((line) => !now.has(line))
  const strange = [...now].filter((line) => !was.has(line) && !is.has(line))
  return `missing ${JSON.stringify(lost.slice(0, 3))}, strange ${JSON.stringify(strange.slice(0, 3))}`
}
