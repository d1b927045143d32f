import type { Config } from '@oclif/core'
import { Refusal } from '../errors.ts'
import { prose } from './prose.ts'

/** What a command class must be to be run by another command. */
interface RunnableCommand {
  run(): Promise<unknown>
}
type RunnableClass = new (argv: string[], config: Config) => RunnableCommand

/**
 * Plays commands in this process as an officer would type them, one after the other. What is shown is what is
 * run: there is no second way of doing things for the demonstration.
 */
export class DemoStage {
  readonly #config: Config
  readonly #tell: (line: string) => void
  readonly #dim: (line: string) => string

  readonly #silent: boolean

  constructor(options: {
    config: Config
    /** Whether commands that would be heard are run without a word too. */
    silent: boolean
    tell: (line: string) => void
    dim: (line: string) => string
  }) {
    this.#config = options.config
    this.#silent = options.silent
    this.#tell = options.tell
    this.#dim = options.dim
  }

  /** Starts a part of the story. */
  chapter(title: string): void {
    this.#tell(`\n${title}`)
  }

  /** Shows a command and a line about what it did; its own output is left out. @returns what it gives with --json */
  async play(
    command: string,
    narrate: (result: Record<string, unknown>) => string,
  ): Promise<Record<string, unknown>> {
    const result = await this.runQuietly(wordsOf(command))
    this.#tell(`${prose(narrate(result), '  ')}\n    ${this.#dim(`$ urna ${command}`)}`)
    return result
  }

  /** Shows a command that is to be refused, and its refusal. */
  async playRefused(command: string, narrate: (refusal: Refusal) => string): Promise<void> {
    try {
      await this.runQuietly(wordsOf(command))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#tell(`${prose(narrate(error), '  ')}\n    ${this.#dim(`$ urna ${command}`)}`)
      return
    }
    throw new Error(`"urna ${command}" should have been refused`)
  }

  /** Shows a command with all that it prints. */
  async playAloud(command: string): Promise<void> {
    this.#tell(`\n    ${this.#dim(`$ urna ${command}`)}`)
    if (this.#silent) await this.runQuietly(wordsOf(command))
    else await (await this.#load(wordsOf(command))).run()
  }

  /** With --json a command says nothing by itself, and printing the result is oclif's part. */
  async runQuietly(words: readonly string[]): Promise<Record<string, unknown>> {
    return (await (await this.#load([...words, '--json'])).run()) as Record<string, unknown>
  }

  async #load(words: readonly string[]): Promise<RunnableCommand> {
    const topic = this.#config.findCommand(words.slice(0, 2).join(':'))
    const found = topic ?? this.#config.findCommand(words[0] ?? '', { must: true })
    const CommandClass = (await found.load()) as unknown as RunnableClass
    return new CommandClass(words.slice(topic === undefined ? 1 : 2), this.#config)
  }
}

/** The words of a command line with plain and double-quoted words. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
