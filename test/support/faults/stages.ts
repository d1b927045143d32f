import {
  accessSync,
  constants,
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressName, keyName, plays, type StageName } from './plays.ts'
import { runPlainly } from './process.ts'

/**
 * The words of a command in a folder: `{key}` stands for the API key that is there, `{public}` for Bea's public key,
 * `{board}` for the address of a board, and a word with a star for the files of that name.
 */
export function wordsIn(folder: string, words: string): string[] {
  return words.split(' ').flatMap((word) => {
    if (word === '{key}') return readFileSync(join(folder, keyName), 'utf8')
    if (word === '{public}') return publicKeyIn(join(folder, 'bea.public.json'))
    if (word === '{board}') return readFileSync(join(folder, addressName), 'utf8')
    return word.includes('*') ? globSync(word, { cwd: folder }) : word
  })
}

function publicKeyIn(file: string): string {
  const { publicKey } = JSON.parse(readFileSync(file, 'utf8')) as { publicKey: { public_key: string } }
  return publicKey.public_key
}

/** In memory where there is a file system for that: to make sure that something lasts takes no time there. */
function quickFolder(): string {
  const memory = '/dev/shm'
  try {
    accessSync(memory, constants.W_OK)
    return memory
  } catch {
    return tmpdir()
  }
}

/** A small election in a folder, as it was at every stage. A stage is played when it is first asked for. */
export class Stages {
  readonly #root = realpathSync(mkdtempSync(join(quickFolder(), 'urna-faults-')))
  readonly #played = new Map<StageName, Promise<string>>()
  readonly #servers: Server[] = []
  #copies = 0

  /** A copy of the folder at a stage. */
  async copy(stage: StageName): Promise<string> {
    const played = await this.of(stage)
    const folder = this.newFolder(stage)
    cpSync(played, folder, { recursive: true })
    return folder
  }

  /** The name of a folder that is not there yet. */
  newFolder(about: string): string {
    return join(this.#root, `${about}-${++this.#copies}`)
  }

  /** The folder at a stage itself, to be left as it is. */
  of(stage: StageName): Promise<string> {
    const played = this.#played.get(stage) ?? this.#play(stage)
    this.#played.set(stage, played)
    return played
  }

  remove(): void {
    for (const server of this.#servers) server.close()
    rmSync(this.#root, { recursive: true, force: true })
  }

  async #play(stage: StageName): Promise<string> {
    const { from, play } = plays[stage]
    const folder = join(this.#root, stage)
    if (from !== undefined) cpSync(await this.of(from), folder, { recursive: true })
    const run = async (line: string, expected = 0) => {
      const { status, stdout, stderr } = await runPlainly(folder, wordsIn(folder, line))
      if (status !== expected) throw new Error(`urna ${line}: ${stdout}${stderr}`)
      return stdout
    }
    await play({ run, folder, serve: (bytes) => this.#serve(bytes) })
    return folder
  }

  /** @returns the address of a server that answers everybody with these bytes */
  async #serve(bytes: Uint8Array): Promise<string> {
    const server = createServer((_, reply) => reply.end(bytes)).listen(0, '127.0.0.1')
    this.#servers.push(server)
    await new Promise((resolve) => server.once('listening', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
}
