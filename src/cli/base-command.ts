import { Command, Errors, Flags } from '@oclif/core'
import chalk from 'chalk'
import { exitStatusOf, Refusal } from '../errors.ts'
import { printable } from './output.ts'
import { SystemRefused } from './refusals.ts'

/**
 * What all commands share: `--json`, one way to show a refusal, data on standard output and everything
 * else on standard error.
 */
export abstract class UrnaCommand extends Command {
  static override enableJsonFlag = true
  static override baseFlags = {
    // chalk reads the flag itself; it is declared so that it is not refused.
    'no-color': Flags.boolean({ description: 'Plain text without colours.', helpGroup: 'GLOBAL' }),
  }

  /** Data for a person, on standard output; silent with --json. */
  protected say(text = ''): void {
    if (!this.jsonEnabled()) this.log(text)
  }

  /** Everything that is not data, on standard error; silent with --json. */
  protected note(text: string): void {
    if (!this.jsonEnabled()) this.logToStderr(text)
  }

  /** Names the next command. */
  protected next(command: string): void {
    this.note(chalk.dim(`Next: ${command}`))
  }

  protected override async catch(error: Error & { exitCode?: number }): Promise<never> {
    if (error instanceof Errors.ExitError) throw error
    const shown = describeError(error)
    if (this.jsonEnabled()) {
      const { code, message, details, hint } = shown
      this.logJson({ error: { code, message, details, ...(hint === undefined ? {} : { hint }) } })
    } else {
      this.logToStderr(`${chalk.red('Error:')} ${printable(shown.message)}`)
      if (shown.hint !== undefined) this.logToStderr(`  ${printable(shown.hint)}`)
      if (shown.exit === 1 && error.stack) this.logToStderr(chalk.dim(error.stack))
    }
    return this.exit(shown.exit)
  }
}

interface ShownError {
  exit: number
  code: string
  message: string
  details: Readonly<Record<string, unknown>>
  hint?: string
}

function describeError(error: Error): ShownError {
  if (error instanceof Refusal) {
    const { code, message, details, hint } = error
    return { exit: exitStatusOf(error), code, message, details, ...(hint === undefined ? {} : { hint }) }
  }
  if (error instanceof Errors.CLIError) {
    // What oclif's parser says of flags and arguments. The first line is the sentence.
    const [message = 'The command was not understood.'] = error.message.split('\n')
    return { exit: 2, code: 'usage', message, details: {}, hint: 'See the same command with --help.' }
  }
  if (error.name === 'ExitPromptError' || error.name === 'AbortError') {
    return { exit: 130, code: 'interrupted', message: 'Stopped; nothing was changed.', details: {} }
  }
  if (isSystemError(error)) return describeError(new SystemRefused(error.message))
  return {
    exit: 1,
    code: 'bug',
    message: `This is a bug in urna: ${error.message}`,
    details: {},
    hint: 'Nothing was changed by the failed step. Please report it with the command that you typed.',
  }
}

/** Of a call to the operating system: a missing folder, no permission, a full disk. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'errno' in error
}
