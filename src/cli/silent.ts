import type { Config } from '@oclif/core'

/** What a command class must be to be run by another command. */
interface RunnableCommand {
  run(): Promise<unknown>
}
type RunnableClass = new (argv: string[], config: Config) => RunnableCommand

/**
 * Runs another command of urna as the terminal would, but without a word: its result is returned instead.
 * With --json a command says nothing by itself; printing the result is oclif's part, which is left out here.
 */
export async function runSilently(config: Config, id: string, argv: readonly string[]): Promise<unknown> {
  const found = config.findCommand(id, { must: true })
  const CommandClass = (await found.load()) as unknown as RunnableClass
  return new CommandClass([...argv, '--json'], config).run()
}
