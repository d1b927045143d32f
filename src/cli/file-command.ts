import { readdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { Flags } from '@oclif/core'
import type { AuditState } from '../audit/entry.ts'
import { systemClock } from '../clock.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { UrnaCommand } from './base-command.ts'
import { formatCount } from './output.ts'
import { type PassphraseFlags, readPassphrase } from './passphrase.ts'
import { InvalidInput } from './refusals.ts'

export interface FileFlags extends PassphraseFlags {
  file?: string | undefined
  officer?: string | undefined
}

/** A command that works on a `.urna` file. */
export abstract class FileCommand extends UrnaCommand {
  static override baseFlags = {
    ...UrnaCommand.baseFlags,
    file: Flags.string({
      char: 'f',
      description: 'The .urna file; without it, the only one in this folder.',
      env: 'URNA_FILE',
      helpGroup: 'FILE',
    }),
    'passphrase-file': Flags.string({
      description: 'Read the passphrase from this file.',
      helpGroup: 'FILE',
    }),
    'passphrase-stdin': Flags.boolean({
      description: 'Read the passphrase from standard input.',
      exclusive: ['passphrase-file'],
      helpGroup: 'FILE',
    }),
    officer: Flags.string({
      description: 'Who is acting, for the audit log; without it, your name on this system.',
      env: 'URNA_OFFICER',
      helpGroup: 'FILE',
    }),
  }

  #audit: AuditState | undefined
  #audited = false

  /** Opens the file, does the work, and closes it whatever happens. */
  protected async withFile<T>(flags: FileFlags, use: (work: UnitOfWork) => Promise<T>): Promise<T> {
    const path = urnaFileOf(flags)
    const passphrase = await readPassphrase(flags, path)
    return this.withPassphrase({ path, passphrase, officer: officerOf(flags) }, use)
  }

  protected async withPassphrase<T>(
    options: { path: string; passphrase: string; officer: string },
    use: (work: UnitOfWork) => Promise<T>,
  ): Promise<T> {
    const [{ openUrnaFile }, { UnitOfWork: Work }] = await Promise.all([
      import('../store/urna-file.ts'),
      import('../store/unit-of-work.ts'),
    ])
    const file = await openUrnaFile(options)
    const work = new Work({ file, clock: systemClock, officer: options.officer })
    try {
      return await use(work)
    } finally {
      this.#audit = work.recorded ?? this.#audit
      await file.close()
    }
  }

  /** Before it, where the audit log stands, if the command moved it: to be kept elsewhere at every step. */
  protected override next(command: string): void {
    this.#sayAudit()
    super.next(command)
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    if (error === undefined) this.#sayAudit()
    await super.finally(error)
  }

  protected override toSuccessJson(result: unknown): unknown {
    return this.#audit === undefined || result === null || typeof result !== 'object'
      ? result
      : { ...result, audit: { entries: this.#audit.entries, head: this.#audit.head } }
  }

  #sayAudit(): void {
    if (this.#audit === undefined || this.#audited) return
    this.#audited = true
    this.note(`Audit log: ${formatCount(this.#audit.entries)} entries, head ${this.#audit.head}`)
  }
}

export function officerOf(flags: FileFlags): string {
  return flags.officer?.trim() || systemUser()
}

/** In a container the user may have a number and no name. */
function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

/** The file named by the flag or the environment, or the only one in this folder. */
export function urnaFileOf(flags: FileFlags): string {
  if (flags.file !== undefined) return flags.file
  const [only, ...others] = readdirSync('.').filter((name) => name.endsWith('.urna'))
  if (only === undefined) {
    throw new InvalidInput(
      'There is no .urna file in this folder.',
      {},
      'Name one with --file FILE, or make one with: urna init FILE',
    )
  }
  if (others.length > 0) {
    throw new InvalidInput(
      'There are several .urna files in this folder.',
      { files: [only, ...others] },
      'Say which with --file FILE.',
    )
  }
  return only
}
