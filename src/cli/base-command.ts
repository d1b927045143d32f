import { Command, Errors, Flags } from '@oclif/core'
import chalk from 'chalk'
import { exitStatusOf, Refusal } from '../errors.ts'
import { printable, terminalWidth } from './output.ts'
import { SystemRefused } from './refusals.ts'
import { wrapText } from './wrap.ts'

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
    if (!this.jsonEnabled()) this.log(wrapped(text, process.stdout))
  }

  /** Everything that is not data, on standard error; silent with --json. */
  protected note(text: string): void {
    if (!this.jsonEnabled()) this.logToStderr(wrapped(text, process.stderr))
  }

  /** Names the next command. */
  protected next(command: string): void {
    if (!this.jsonEnabled()) this.logToStderr(chalk.dim(`Next: ${command}`))
  }

  protected override async catch(error: Error & { exitCode?: number }): Promise<never> {
    if (error instanceof Errors.ExitError) throw error
    const shown = describeError(error)
    if (this.jsonEnabled()) {
      const { code, message, details, hint } = shown
      this.logJson({ error: { code, message, details, ...(hint === undefined ? {} : { hint }) } })
    } else {
      const message = wrapped(`Error: ${printable(shown.message)}`, process.stderr)
      this.logToStderr(message.replace('Error:', chalk.red('Error:')))
      if (shown.hint !== undefined) {
        const hint = wrapped(printable(shown.hint), process.stderr, terminalWidth() - 2)
        this.logToStderr(hint.replace(/^/gm, '  '))
      }
      if (shown.exit === 1 && error.stack) this.logToStderr(chalk.dim(error.stack))
    }
    return this.exit(shown.exit)
  }
}

/** A sentence breaks between words where the terminal ends; what is laid out already, and a log, stay as they are. */
function wrapped(text: string, stream: NodeJS.WriteStream, width = terminalWidth()): string {
  return stream.isTTY && !/\n| {2}/.test(text) ? wrapText(text, width).join('\n') : text
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
    const message = usageSentence(error.message)
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

/** What oclif's parser says of flags and arguments: its first line, unless that only announces the second. */
function usageSentence(message: string): string {
  const [first = 'The command was not understood.', second] = message.split('\n').map((line) => line.trim())
  if (second === undefined) return first
  const flag = /^Parsing (--\S+)$/.exec(first)?.[1]
  if (flag !== undefined) return `${flag}: ${second}`
  if (/^The following errors? occurred:$/.test(first)) return second
  // The second line is then the name of the argument, and what it is.
  return first.endsWith(':') ? `${first} ${second.split(/\s/)[0]}` : first
}

/** Of a call to the operating system: a missing folder, no permission, a full disk. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'errno' in error
}
