import { Errors, flush, handle, run } from '@oclif/core'
import chalk from 'chalk'

/** What oclif exits with where it knows no such command. */
const unknownCommand = 127
const usage = 2

/** Starts oclif. @param entry the URL of the script in `bin/`, from which oclif finds package.json. */
export async function start(entry: string): Promise<void> {
  const argv = process.argv.slice(2)
  // https://no-color.org, which chalk leaves to programs.
  if (process.env.NO_COLOR) chalk.level = 0
  try {
    await run(argv, entry)
    await flushed()
  } catch (error) {
    if (error instanceof Errors.CLIError && error.oclif.exit === unknownCommand) {
      error.oclif.exit = usage
      if (argv.includes('--json')) sayUnknown(argv)
    }
    await handle(error as Error)
  }
}

/** All is printed, or nobody reads any more, as behind `| head`. */
async function flushed(): Promise<void> {
  if (!process.stdout.writable) return
  await Promise.race([flush(), new Promise((resolve) => process.stdout.once('close', resolve))])
}

/** For a script; a person reads what oclif says of it. */
function sayUnknown(argv: readonly string[]): void {
  const firstFlag = argv.findIndex((word) => word.startsWith('-'))
  const error = {
    code: 'usage',
    message: `There is no command "${['urna', ...argv.slice(0, firstFlag)].join(' ')}".`,
    details: {},
    hint: 'See them all with: urna help',
  }
  process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`)
}
