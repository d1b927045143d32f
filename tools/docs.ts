// Writes what can be derived: docs/commands.md from the commands themselves, docs/schema/*.json from the shape of
// each command's --json, and docs/schema/result.json from that of a result.
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { auditOutput } from '../src/cli/audit-output.ts'
import { FileCommand } from '../src/cli/file-command.ts'
import { resultJsonSchema } from '../src/report/result-schema.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

interface FlagDoc {
  name: string
  char?: string
  type: 'boolean' | 'option'
  description?: string
  summary?: string
  default?: unknown
  options?: string[]
  required?: boolean
  hidden?: boolean
  helpGroup?: string
  helpValue?: string
}
interface CommandModule {
  default: {
    prototype: object
    summary?: string
    description?: string
    examples?: readonly string[]
    args?: Record<string, { description?: string; required?: boolean }>
    flags?: Record<string, Omit<FlagDoc, 'name'>>
  }
  output: z.ZodType
}

/** Everything derived, by path. */
export async function derivedDocs(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const sections: string[] = []
  for (const path of globSync('commands/**/*.ts', { cwd: root }).sort()) {
    const words = path
      .replace(/^commands\//, '')
      .replace(/\.ts$/, '')
      .split('/')
    const command = (await import(`${root}${path}`)) as CommandModule
    sections.push(describe(words.join(' '), command.default))
    const schema = withAudit(
      command,
      z.toJSONSchema(command.output, { target: 'draft-2020-12', io: 'output' }),
    )
    files.set(
      `docs/schema/${words.join('-')}.json`,
      `${JSON.stringify({ title: `urna ${words.join(' ')} --json`, ...schema }, null, 2)}\n`,
    )
  }
  files.set('docs/schema/result.json', `${JSON.stringify(resultJsonSchema(), null, 2)}\n`)
  files.set(
    'docs/commands.md',
    `# Commands\n\nWritten by \`npm run docs\` from the commands themselves. Every command takes \`--json\`; the shape of what it\nthen prints is in \`docs/schema/\`. Commands that work on a \`.urna\` file also take \`--file\`, \`--passphrase-file\`,\n\`--passphrase-stdin\` and \`--officer\`.\n\n${sections.join('\n')}`,
  )
  return files
}

/** What every command that works on a file adds to its answer, where it moved the audit log. */
function withAudit(command: CommandModule, schema: z.core.JSONSchema.BaseSchema): object {
  if (!(command.default.prototype instanceof FileCommand)) return schema
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives !== undefined) {
    const key = schema.anyOf === undefined ? 'oneOf' : 'anyOf'
    return { ...schema, [key]: alternatives.map((each) => withAudit(command, each)) }
  }
  const { $schema: _, ...audit } = z.toJSONSchema(auditOutput)
  return { ...schema, properties: { ...schema.properties, audit } }
}

function describe(name: string, command: CommandModule['default']): string {
  const args = Object.entries(command.args ?? {})
  const flags = Object.entries(command.flags ?? {}).filter(([, flag]) => !flag.hidden)
  const usage = args.map(([arg, { required }]) =>
    required ? ` ${arg.toUpperCase()}` : ` [${arg.toUpperCase()}]`,
  )
  const lines = [
    `## urna ${name}`,
    '',
    command.summary ?? '',
    '',
    '```',
    `urna ${name}${usage.join('')}`,
    '```',
    '',
  ]
  if (command.description) lines.push(command.description, '')
  for (const [arg, { description }] of args) lines.push(`- \`${arg.toUpperCase()}\`: ${description ?? ''}`)
  for (const [flag, { char, type, description, summary, options, helpValue }] of flags) {
    const value = type === 'option' ? ` ${helpValue ?? options?.join('|') ?? 'VALUE'}` : ''
    const short = char === undefined ? '' : `\`-${char}\`, `
    lines.push(`- ${short}\`--${flag}${value}\`: ${summary ?? description ?? ''}`)
  }
  if (args.length + flags.length > 0) lines.push('')
  const examples = (command.examples ?? []).map((example) =>
    example.replaceAll('<%= config.bin %>', 'urna').replaceAll('<%= command.id %>', name),
  )
  if (examples.length > 0) lines.push('```', ...examples, '```', '')
  return lines.join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await derivedDocs()
  mkdirSync(`${root}docs/schema`, { recursive: true })
  for (const name of readdirSync(`${root}docs/schema`)) {
    if (!files.has(`docs/schema/${basename(name)}`)) rmSync(`${root}docs/schema/${name}`)
  }
  for (const [path, text] of files) writeFileSync(`${root}${path}`, text)
  process.stdout.write(`${files.size} files are in step.\n`)
}

/** The files on disk that differ from what they should be. */
export async function staleDocs(): Promise<string[]> {
  const files = await derivedDocs()
  const stale = [...files].filter(([path, text]) => {
    try {
      return readFileSync(`${root}${path}`, 'utf8') !== text
    } catch {
      return true
    }
  })
  return stale.map(([path]) => path)
}
