// npm run bench:serve [-- --folder /tmp/urna-bench --voters 20000 --seconds 5 --rounds 3 --rate 1000]
// What casting costs over real HTTP: an election of many voters who rank twelve candidates in orders of chance, their
// ballots sealed beforehand and kept in the folder. A server process takes them on a copy of the election file.
// Prints accepted ballots a second, how long answers take, how many were told to come again, and the processor's
// time of both sides; then where the time goes; then kills the server in the middle and looks for every ballot that
// was acknowledged. The generator runs on the same machine, and takes a share of it.
import { cpSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { loadGroup } from '../src/sealing/group-sodium.ts'
import { sealedElection, slug } from './serve/election.ts'
import { drive, type Load, type LoadPlan } from './serve/load.ts'
import { printProfile } from './serve/profile.ts'
import { startServer } from './serve/server-process.ts'
import { checkSurvivors } from './serve/survivors.ts'

const { values: given } = parseArgs({
  options: {
    folder: { type: 'string', default: '/tmp/urna-bench' },
    voters: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    /** Ballots a second that count as saturation; without it, it is measured. */
    rate: { type: 'string' },
    only: { type: 'string' },
    /** Ballots before those that are measured: a server that just started still compiles its own code. */
    warm: { type: 'string', default: '1000' },
  },
})
const seconds = Number(given.seconds)
const group = await loadGroup()
const { file, ballots } = await sealedElection(group, given.folder, Number(given.voters))
const copy = join(given.folder, 'run.urna')
const path = `/api/elections/${slug}/votes/`
const warm = ballots.slice(0, Number(given.warm))
const measured = ballots.slice(warm.length)

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function wanted(part: string): boolean {
  return given.only === undefined || given.only.split(',').includes(part)
}

type Pace = Pick<LoadPlan, 'pace' | 'connections'>
const fastest: Pace = { pace: 'fastest', connections: 256 }

interface Measured {
  readonly load: Load
  readonly perSecond: number
}

/** Casts ballots on a fresh copy of the election. */
async function measure(label: string, pace: Pace, count: number): Promise<Measured> {
  cpSync(file, copy)
  const server = await startServer(copy)
  await drive({ port: server.port, path, pace: { rate: 500 }, connections: 500, ballots: warm })
  const before = { own: process.cpuUsage(), server: server.cpuSeconds(), at: performance.now() }
  const ping = pingEvery(20, server.port)
  const load = await drive({ port: server.port, path, ...pace, ballots: measured.slice(0, count) })
  const pings = ping()
  const wall = (performance.now() - before.at) / 1000
  const own = process.cpuUsage(before.own)
  const spent = server.cpuSeconds() - before.server
  const accepted = load.answers.filter(({ status }) => status === 201)
  const perSecond = accepted.length / load.seconds
  say(
    `${label.padEnd(28)} ${perSecond.toFixed(0).padStart(5)} accepted/s  ${timesOf(accepted.map(({ milliseconds }) => milliseconds))}  ` +
      `${count - accepted.length - load.unanswered} × 503  server ${(spent / wall).toFixed(2)} cores, ${((1000 * spent) / accepted.length).toFixed(2)} ms of them a ballot, ` +
      `generator ${((own.user + own.system) / 1e6 / wall).toFixed(2)}, ` +
      `others ${timesOf(pings)}  (load ${loadavg()[0]!.toFixed(1)})`,
  )
  await server.stop()
  return { load, perSecond }
}

function timesOf(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0)
  return `p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms`
}

/** Asks for something small all the time, as other visitors do. @returns a function that ends it and gives the times */
function pingEvery(pause: number, port: number): () => number[] {
  const times: number[] = []
  let on = true
  void (async () => {
    while (on) {
      const start = performance.now()
      await fetch(`http://127.0.0.1:${port}/api/health`).then(
        (answer) => answer.text(),
        () => {},
      )
      times.push(performance.now() - start)
      await sleep(pause)
    }
  })()
  return () => {
    on = false
    return times
  }
}

async function saturation(): Promise<number> {
  if (given.rate !== undefined) return Number(given.rate)
  let best = 0
  for (let round = 0; round < Number(given.rounds); round++) {
    const count = Math.min(measured.length, Math.ceil(seconds * Math.max(best, 1000)))
    best = Math.max(best, (await measure('as fast as it goes', fastest, count)).perSecond)
  }
  return best
}

const rate = await saturation()
for (const [part, times] of [
  ['0.7x', 0.7],
  ['1x', 1],
  ['3x', 3],
] as const) {
  if (!wanted(part)) continue
  for (let round = 0; round < Number(given.rounds); round++) {
    await measure(
      `${times} × saturation, ${(times * rate).toFixed(0)}/s`,
      { pace: { rate: times * rate }, connections: 4500 },
      Math.min(measured.length, Math.ceil(seconds * times * rate)),
    )
  }
}

if (wanted('profile')) {
  cpSync(file, copy)
  const profiles = join(given.folder, `profiles-${process.pid}`)
  const server = await startServer(copy, ['--cpu-prof', `--cpu-prof-dir=${profiles}`])
  await drive({ port: server.port, path, ...fastest, ballots: ballots.slice(0, 5000) })
  await server.stop()
  printProfile(profiles, 5000, say)
}

if (wanted('kill')) {
  cpSync(file, copy)
  const server = await startServer(copy)
  const fatal = Math.min(0.5 * ballots.length, seconds * rate)
  const load = drive({
    ...{ port: server.port, path, ballots, pace: { rate }, connections: 500 },
    onAnswer: (count) => {
      if (count >= fatal) server.child.kill('SIGKILL')
    },
  })
  await checkSurvivors(group, { path: copy, load: await load, folder: given.folder, say })
}
