import { fileURLToPath } from 'node:url'
import { type Command, Config, Errors } from '@oclif/core'
import { expect } from 'vitest'
import { auditOutput } from '../../src/cli/audit-output.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let config: Promise<Config> | undefined

export interface CommandRun {
  /** Exit status. */
  status: number
  stdout: string
  stderr: string
}

type CommandClass = typeof Command & { run(argv: string[], config: Config): Promise<unknown> }

/**
 * Runs a command class in this process, as the terminal would, and collects what it printed. Never two at
 * once in one process: standard output is shared.
 */
export async function runCommand(command: unknown, argv: readonly string[]): Promise<CommandRun> {
  config ??= Config.load({ root })
  const written = { stdout: '', stderr: '' }
  const original = { stdout: process.stdout.write, stderr: process.stderr.write, exitCode: process.exitCode }
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].write = ((chunk: string | Uint8Array) => {
      written[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
      return true
    }) as typeof process.stdout.write
  }
  // oclif and console.log reach the streams through console.
  try {
    await (command as CommandClass).run([...argv], await config)
    return { status: 0, ...written }
  } catch (error) {
    if (error instanceof Errors.ExitError) return { status: error.oclif.exit ?? 1, ...written }
    throw error
  } finally {
    process.stdout.write = original.stdout
    process.stderr.write = original.stderr
    process.exitCode = original.exitCode
  }
}

/** What a command file exports. */
interface CommandModule {
  default: unknown
  output: { parse(value: unknown): unknown }
}

/** Runs it with --json; the answer must be what the command publishes. Where the audit log stands is left out. */
export async function json(command: CommandModule, ...argv: string[]): Promise<unknown> {
  const run = await runCommand(command.default, [...argv, '--json'])
  expect(run.stderr).toBe('')
  expect(run.status, run.stdout).toBe(0)
  return command.output.parse(withoutAudit(JSON.parse(run.stdout)))
}

/** What a command with --json answered, without where the audit log stands. */
export function withoutAudit(answer: Record<string, unknown>): unknown {
  const { audit, ...rest } = answer
  auditOutput.optional().parse(audit)
  return rest
}

/** Runs it with --json, to be refused. */
export async function refused(command: CommandModule, ...argv: string[]) {
  const run = await runCommand(command.default, [...argv, '--json'])
  const { error } = JSON.parse(run.stdout) as { error: { code: string; message: string; hint?: string } }
  return { status: run.status, code: error.code, message: error.message, hint: error.hint }
}
