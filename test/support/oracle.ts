import { execFile, execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Programs that we did not write, in a folder with a Debian of its own (URNA_ORACLE): `belenios-tool`, another
 * implementation of the protocol, and `sqlcipher`.
 */
export interface Oracle {
  /** Whether belenios-tool takes the archive, and every ballot in it by itself. */
  verify(archive: string): Promise<{ archive: OracleAnswer; ballots: OracleAnswer[] }>
  /** A folder in which belenios-tool runs by itself. */
  beleniosTool(): BeleniosFolder
  /** Whether it seals messages among trustees as version 3.3.0 does. */
  sealsWithGcm(): boolean
  /** Runs SQL on an encrypted file and gives what is printed. */
  sqlcipher(file: string, passphrase: string, statement: string): string
}

export interface BeleniosFolder {
  /** @returns its standard output. @throws Error if it fails */
  run(argv: readonly string[], options?: { input?: string }): string
  read(name: string): string
  /** Of the files in it that end so. */
  names(end: string): string[]
  write(name: string, text: string): void
  close(): void
}

export interface OracleAnswer {
  accepted: boolean
  said: string
}

/** The oracle; undefined where it is not installed. In CI its absence is a failure. */
export function findOracle(): Oracle | undefined {
  const root = process.env.URNA_ORACLE
  if (root === undefined) {
    if (process.env.CI === 'true') throw new Error('URNA_ORACLE is not set: in CI the oracle must be there')
    return undefined
  }
  return {
    verify: (archive) => verifyWithBeleniosTool(root, archive),
    beleniosTool: () => beleniosFolder(root),
    sealsWithGcm: () => {
      const version = execFileSync('chroot', [root, 'belenios-tool', '--version'], { encoding: 'utf8' })
      const [major = 0, minor = 0] = version.match(/\d+/g)?.map(Number) ?? []
      return major > 3 || (major === 3 && minor >= 3)
    },
    sqlcipher: (file, passphrase, statement) => {
      const folder = mkdtempSync(join(root, 'tmp', 'urna-'))
      try {
        // What is still in the journal belongs to the file.
        for (const suffix of ['', '-wal']) {
          if (existsSync(file + suffix)) copyFileSync(file + suffix, join(folder, `copy.urna${suffix}`))
        }
        const inside = `/tmp/${basename(folder)}/copy.urna`
        const input = `pragma key = '${passphrase.replaceAll("'", "''")}';\n${statement}\n`
        return execFileSync('chroot', [root, 'sqlcipher', inside], { input, encoding: 'utf8' })
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

function beleniosFolder(root: string): BeleniosFolder {
  const folder = mkdtempSync(join(root, 'tmp', 'urna-'))
  // chroot has no option for a working directory everywhere, and the tool writes where it stands.
  const script = `cd /tmp/${basename(folder)} && exec belenios-tool "$@"`
  return {
    run: (argv, { input = '' } = {}) =>
      execFileSync('chroot', [root, 'sh', '-c', script, 'belenios-tool', ...argv], {
        ...{ input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] },
      }),
    names: (end) => readdirSync(folder).filter((name) => name.endsWith(end)),
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    write: (name, text) => writeFileSync(join(folder, name), text),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** One file of the archive, as tar has it. */
interface ArchiveFile {
  name: string
  body: Buffer
  end: number
}

/**
 * `election verify` does not check ballots (it drops the result of that check), so each is given to
 * `election verify-ballot` too, beside the archive cut after its Setup event: on the whole archive that
 * command answers that the ballot is there already.
 */
async function verifyWithBeleniosTool(root: string, archive: string) {
  const bytes = readFileSync(archive)
  const files = tarFiles(bytes)
  const setup = files.find((file) => file.name.endsWith('.event.json'))
  if (setup === undefined) throw new Error(`${archive} has no event`)
  const uuid = JSON.parse(files[1]?.body.toString('utf8') ?? '{}').uuid as string
  const folder = mkdtempSync(join(root, 'tmp', 'urna-'))
  const inside = `/tmp/${basename(folder)}`
  try {
    for (const name of ['whole', 'setup']) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'whole', `${uuid}.bel`), bytes)
    writeFileSync(join(folder, 'setup', `${uuid}.bel`), bytes.subarray(0, setup.end))
    const ask = async (command: string, ...args: string[]): Promise<OracleAnswer> => {
      try {
        const { stdout, stderr } = await run('chroot', [root, 'belenios-tool', 'election', command, ...args])
        return { accepted: true, said: stdout + stderr }
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
        return { accepted: false, said: stdout + stderr }
      }
    }
    const whole = await ask('verify', `--dir=${inside}/whole`, `--uuid=${uuid}`)
    const ballots: OracleAnswer[] = []
    for (const { body } of ballotFiles(files)) {
      writeFileSync(join(folder, 'ballot.json'), body)
      ballots.push(
        await ask(
          'verify-ballot',
          `--dir=${inside}/setup`,
          `--uuid=${uuid}`,
          `--ballot=${inside}/ballot.json`,
        ),
      )
    }
    return { archive: whole, ballots }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ballotFiles(files: readonly ArchiveFile[]): ArchiveFile[] {
  const byHash = new Map(files.map((file) => [file.name.slice(0, 64), file]))
  return files
    .filter((file) => file.name.endsWith('.event.json'))
    .map((file) => JSON.parse(file.body.toString('utf8')) as { type: string; payload?: string })
    .filter((event) => event.type === 'Ballot')
    .map((event) => byHash.get(event.payload ?? '') as ArchiveFile)
}

/** A reader of its own, so that the oracle's input does not depend on the code under test. */
export function tarFiles(bytes: Buffer): ArchiveFile[] {
  const files: ArchiveFile[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const name = bytes
      .subarray(offset, offset + 100)
      .toString('latin1')
      .replace(/\0.*$/s, '')
    const size = Number.parseInt(bytes.subarray(offset + 124, offset + 135).toString('latin1'), 8)
    const start = offset + 512
    offset = start + Math.ceil(size / 512) * 512
    files.push({ name, body: bytes.subarray(start, start + size), end: offset })
  }
  return files
}
