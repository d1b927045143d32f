// npm run bench [-- 1000 10000 [approval|ranking]]: what sealing, accepting, shuffling, decrypting and verifying cost, for each kind
// of ballot. Every figure is a ratio to one exponentiation (a point times a scalar) of the same library,
// measured in between in the same run: machines differ and drift, the ratio stays. With URNA_ORACLE, belenios-tool
// does the same with the same archive in between, and the figure is how many times as long it takes, and how many times the
// processor's time, which depends less on what else the machine does.
import { execFileSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { archiveBytes } from '../src/sealing/archive.ts'
import { parseBallot, sealBallot } from '../src/sealing/ballot.ts'
import {
  type BoardHead,
  type BoardStep,
  ballotRecords,
  encryptedTallyRecords,
  endBallots,
  endShuffles,
  partialDecryptionRecords,
  resultRecords,
  setupRecords,
  shuffleRecords,
} from '../src/sealing/board.ts'
import { combineDecryptions } from '../src/sealing/combination.ts'
import {
  credentialSecret,
  generateToken,
  generateUuid,
  publicCredential,
  serializePublicCredentials,
} from '../src/sealing/credential.ts'
import type { Crew } from '../src/sealing/crew.ts'
import { partialDecryption, serializePartialDecryption } from '../src/sealing/decryption.ts'
import { parseElection, type SealedElection, serializeElection } from '../src/sealing/election.ts'
import { shuffleElection, shuffleFormat } from '../src/sealing/election-shuffle.ts'
import { elementToHex, scalarToDecimal } from '../src/sealing/encoding.ts'
import {
  ciphertextsToShuffle,
  serializeEncryptedTally,
  tallyBallots,
  withShuffled,
} from '../src/sealing/encrypted-tally.ts'
import type { Group } from '../src/sealing/group.ts'
import { loadGroup } from '../src/sealing/group-sodium.ts'
import type { Question } from '../src/sealing/question.ts'
import { readResult, serializeResult } from '../src/sealing/result.ts'
import { electionPublicKey, serializeTrustees, type Trustees } from '../src/sealing/trustee.ts'
import { generateTrusteeKey } from '../src/sealing/trustee-key.ts'
import { verifyArchive } from '../src/sealing/verification.ts'
import { openCrew } from '../src/tally/crew.ts'
import { openBeleniosTool, type Spent } from './sealing/belenios-tool.ts'

const answers = ['Ada', 'Bo', 'Cy', 'Di', 'Ed']
const kinds: readonly { name: string; question: Question; choices: (i: number) => number[] }[] = [
  {
    name: 'approval',
    question: { type: 'Homomorphic', value: { answers, min: 0, max: 5, question: 'Whom?' } },
    choices: (i) => answers.map((_, option) => (i >> option) & 1),
  },
  {
    name: 'ranking',
    question: { type: 'NonHomomorphic', value: { answers, question: 'In which order?' } },
    choices: (i) => answers.map((_, option) => ((option + i) % 5) + 1),
  },
]

/** Milliseconds of one exponentiation, now. */
function exponentiation(group: Group): number {
  const point = group.multiplyBase(group.randomScalar())
  const scalars = Array.from({ length: 300 }, () => group.randomScalar())
  const start = performance.now()
  for (const scalar of scalars) group.multiply(point, scalar)
  return (performance.now() - start) / scalars.length
}

function print(label: string, milliseconds: number, count: number, baseline: number): void {
  const each = milliseconds / count
  process.stdout.write(
    `  ${label.padEnd(34)} ${(each / baseline).toFixed(1).padStart(8)} ×   ${each.toFixed(3).padStart(9)} ms each, ${(milliseconds / 1000).toFixed(1)} s\n`,
  )
}

async function measured<T>(
  group: Group,
  label: string,
  count: number,
  work: () => T | Promise<T>,
  theirs?: () => Spent | undefined,
): Promise<T> {
  const before = exponentiation(group)
  const start = performance.now()
  const worked = process.cpuUsage()
  const result = await work()
  const spent = performance.now() - start
  const { user, system } = process.cpuUsage(worked)
  print(label, spent, count, (before + exponentiation(group)) / 2)
  const their = theirs?.()
  if (their !== undefined) {
    process.stdout.write(
      `    belenios-tool: ${(their.elapsed / spent).toFixed(1)} times as long (${(their.elapsed / 1000).toFixed(1)} s), ` +
        `${((1000 * their.processor) / (user + system)).toFixed(1)} times the processor's time (${(their.processor / 1000).toFixed(1)} s)\n`,
    )
  }
  return result
}

function valid<T extends object>(read: T): Exclude<T, { readonly refused: unknown }> {
  if ('refused' in read) throw new Error(JSON.stringify(read.refused))
  return read as Exclude<T, { readonly refused: unknown }>
}

async function benchKind(crew: Crew, kind: (typeof kinds)[number], count: number): Promise<void> {
  const { group } = crew
  process.stdout.write(
    `\n${kind.name}, ${answers.length} options, ${count.toLocaleString('en-US')} ballots, one trustee (${group.backend}, ${crew.size} threads)\n`,
  )
  const key = generateTrusteeKey(group)
  const trustees: Trustees = [['Single', key.publicKey]]
  const parameters = {
    version: 1 as const,
    description: '',
    name: 'Bench',
    group: 'Ed25519' as const,
    public_key: elementToHex(electionPublicKey(group, trustees)),
    questions: [kind.question],
    uuid: generateUuid(group),
  }
  const election: SealedElection = valid(parseElection(group, serializeElection(parameters)))
  const secrets = await measured(group, 'issue a token', count, () =>
    Array.from({ length: count }, () =>
      credentialSecret(group, { uuid: parameters.uuid, token: generateToken(group) }),
    ),
  )
  const credentials = secrets.map((secret) => ({ credential: publicCredential(group, secret), weight: 1n }))
  const ballots = await measured(group, 'seal a ballot', count, () =>
    secrets.map((secret, i) => sealBallot(group, { election, secret, choices: [kind.choices(i)] }).json),
  )
  const faults = await measured(group, 'verify a ballot', count, () => crew.verifyBallots(election, ballots))
  if (faults.some((fault) => fault !== undefined)) throw new Error('a ballot was refused')
  const parsed = ballots.map((json) => valid(parseBallot(group, election, json)))
  const { tally, num_tallied, total_weight } = await measured(group, 'add to the tally', count, () =>
    tallyBallots(
      group,
      election,
      parsed.map((ballot) => ({ ballot, weight: 1n })),
    ),
  )

  const records: BoardStep['records'][number][] = []
  let head: BoardHead | undefined
  const add = (step: BoardStep): void => {
    records.push(...step.records)
    head = step.head
  }
  const last = (): BoardHead => head as BoardHead
  const archive = () => archiveBytes({ timestamp: 1_700_000_000, records })
  const oracle = openBeleniosTool(parameters.uuid, JSON.stringify(scalarToDecimal(key.secret)))
  add(
    setupRecords(group, {
      election: election.json,
      trustees: serializeTrustees(group, trustees),
      credentials: serializePublicCredentials(credentials),
    }),
  )
  for (const ballot of ballots) add(ballotRecords(group, last(), ballot))
  add(endBallots(group, last()))
  add(
    encryptedTallyRecords(group, last(), {
      tally: serializeEncryptedTally(group, election, tally),
      num_tallied,
      total_weight,
    }),
  )

  let opened = tally
  if (kind.question.type === 'NonHomomorphic') {
    const shuffle = await measured(
      group,
      'shuffle',
      count,
      () =>
        shuffleElection(crew, {
          publicKey: election.publicKey,
          fingerprint: election.fingerprint,
          questions: ciphertextsToShuffle(election, tally),
        }),
      () => oracle?.time('shuffle', archive()),
    )
    opened = withShuffled(election, tally, shuffle.ciphertexts)
    add(shuffleRecords(group, last(), { owner: 1, shuffle: shuffleFormat(group).write(shuffle) }))
    add(endShuffles(group, last()))
  }
  const decryption = await measured(
    group,
    'decrypt',
    count,
    () => partialDecryption(crew, { election, secret: key.secret, tally: opened }),
    () => oracle?.time('decrypt', archive()),
  )
  add(
    partialDecryptionRecords(group, last(), {
      owner: 1,
      partialDecryption: serializePartialDecryption(group, decryption),
    }),
  )
  const combined = combineDecryptions(group, {
    trustees,
    tally: opened,
    decryptions: [{ owner: 1, decryption }],
  })
  if ('missing' in combined) throw new Error('a decryption is missing')
  const read = readResult(group, { election, plaintexts: combined.plaintexts, totalWeight: total_weight })
  if ('unreadable' in read) throw new Error('the result is unreadable')
  add(resultRecords(group, last(), serializeResult(election, read.result)))

  const report = await measured(
    group,
    'verify the whole archive',
    count,
    () => verifyArchive(group, archive(), { crew }),
    () => oracle?.time('verify', archive()),
  )
  oracle?.close()
  if (report.outcome !== 'verified') throw new Error(JSON.stringify(report))
}

/** Wall time of a whole process, the median of several runs, in milliseconds. */
function startUp(args: readonly string[]): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now()
    execFileSync(process.execPath, args, { stdio: 'ignore' })
    return performance.now() - start
  }).sort((a, b) => a - b)
  return times[3] as number
}

const run = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const bare = startUp(['-e', '0'])
const help = startUp([run, '--help'])
process.stdout.write(
  `urna --help: ${(help / bare).toFixed(1)} × an empty Node process (${help.toFixed(0)} ms)\n`,
)

const group = await loadGroup()
const crew = openCrew(group)
process.stdout.write(
  `one exponentiation (${group.backend}): ${(exponentiation(group) * 1000).toFixed(0)} µs\n`,
)
const wanted = process.argv.slice(2)
const named = kinds.filter(({ name }) => wanted.includes(name))
const counts = wanted.map(Number).filter((count) => count > 0)
for (const count of counts.length > 0 ? counts : [1000, 10_000]) {
  for (const kind of named.length > 0 ? named : kinds) await benchKind(crew, kind, count)
}
await crew.close()
