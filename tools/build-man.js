// Man pages, one for urna and one for each command, from what the commands say of themselves.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * @typedef {{ name: string, char?: string, type: string, description?: string, summary?: string, helpValue?: string,
 *   options?: string[], env?: string, default?: unknown, hidden?: boolean }} Flag
 * @typedef {{ id: string, summary?: string, description?: string, examples?: string[], hidden?: boolean,
 *   args: Record<string, { name: string, description?: string, required?: boolean }>, flags: Record<string, Flag> }} Command
 * @typedef {{ version: string, description: string, oclif: { topics: Record<string, { description: string }> } }} Package
 */

/**
 * The pages by name, such as `urna-election-open.1`, as roff.
 * @param {Package} about
 * @param {string} readme
 * @param {readonly Command[]} commands
 * @returns {Map<string, string>}
 */
export function manPages(about, readme, commands) {
  const shown = commands.filter(({ hidden }) => !hidden).sort((a, b) => (a.id < b.id ? -1 : 1))
  return new Map([
    ['urna.1', overview(about, readme, shown)],
    ...shown.map((command) => /** @type {const} */ ([`${pageOf(command)}.1`, page(about, command)])),
  ])
}

/**
 * @param {string} folder of all sections, as MANPATH names it
 * @param {Map<string, string>} pages
 */
export async function writeManPages(folder, pages) {
  const section = join(folder, 'man1')
  await mkdir(section, { recursive: true })
  await Promise.all([...pages].map(([name, text]) => writeFile(join(section, name), text)))
}

/** @param {Package} about @param {string} readme @param {readonly Command[]} commands */
function overview({ version, description, oclif }, readme, commands) {
  const topics = Object.keys(oclif.topics)
  // Exit statuses are told in the README, as a table.
  const statuses = [...readme.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(
    ([, status, meaning]) => /** @type {const} */ ([status ?? '', meaning ?? '']),
  )
  const alone = commands.filter(({ id }) => !topics.includes(id.split(':')[0] ?? ''))
  return [
    heading('urna', version),
    '.SH NAME',
    `urna \\- ${escaped(lowered(description))}`,
    '.SH SYNOPSIS',
    '.B urna',
    '.I COMMAND',
    '[\\fIARGUMENTS\\fR] [\\fIFLAGS\\fR]',
    '.SH COMMANDS',
    ...alone.flatMap(entry),
    ...topics.flatMap((topic) => [
      `.SS ${escaped(topic)}`,
      line(oclif.topics[topic]?.description ?? ''),
      ...commands.filter(({ id }) => id.split(':')[0] === topic).flatMap(entry),
    ]),
    '.SH EXIT STATUS',
    ...statuses.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, line(meaning)]),
    '',
  ].join('\n')
}

/** @param {Command} command */
function entry(command) {
  return ['.TP', `.BR ${pageOf(command)} (1)`, line(command.summary ?? '')]
}

/** @param {Package} about @param {Command} command */
function page({ version }, command) {
  const name = pageOf(command)
  const words = `urna ${command.id.replaceAll(':', ' ')}`
  const flags = Object.values(command.flags).filter(({ hidden }) => !hidden)
  const examples = (command.examples ?? []).map((example) =>
    example
      .replaceAll('<%= config.bin %> <%= command.id %>', words)
      .replaceAll('<%= config.bin %>', 'urna')
      .trim(),
  )
  return [
    heading(name, version),
    '.SH NAME',
    `${name} \\- ${escaped(lowered(command.summary ?? ''))}`,
    '.SH SYNOPSIS',
    `.B ${escaped(words)}`,
    ...Object.values(command.args).map((arg) => (arg.required ? italic(arg) : `[${italic(arg)}]`)),
    ...(flags.length > 0 ? ['[\\fIFLAGS\\fR]'] : []),
    ...(examples.length > 0 ? ['.SH EXAMPLES', '.nf', ...examples.map(line), '.fi'] : []),
    ...(command.description ? ['.SH DESCRIPTION', line(command.description)] : []),
    ...(Object.keys(command.args).length > 0 ? ['.SH ARGUMENTS'] : []),
    ...Object.values(command.args).flatMap((arg) => ['.TP', italic(arg), line(arg.description ?? '')]),
    ...(flags.length > 0 ? ['.SH FLAGS'] : []),
    ...flags.flatMap((flag) => ['.TP', flagTerm(flag), line(flagText(flag))]),
    '.SH SEE ALSO',
    '.BR urna (1)',
    '',
  ].join('\n')
}

/** @param {Flag} flag */
function flagTerm({ name, char, type, helpValue, options }) {
  const value = type === 'option' ? ` \\fI${escaped(helpValue ?? options?.join('|') ?? 'VALUE')}\\fR` : ''
  return `${char === undefined ? '' : `\\fB\\-${char}\\fR, `}\\fB${escaped(`--${name}`)}\\fR${value}`
}

/** @param {Flag} flag */
function flagText({ summary, description, env, default: usual }) {
  const said = typeof usual === 'string' || typeof usual === 'number' ? ` [default: ${usual}]` : ''
  const variable = env === undefined ? '' : ` Also from the environment: ${env}.`
  return `${summary ?? description ?? ''}${variable}${said}`
}

/** @param {string} name @param {string} version */
function heading(name, version) {
  return `.TH ${name.toUpperCase().replaceAll('-', '\\-')} 1 "" "urna ${version}" "urna"`
}

/** @param {Command} command */
function pageOf({ id }) {
  return `urna-${id.replaceAll(':', '-')}`
}

/** @param {{ name: string }} arg */
function italic({ name }) {
  return `\\fI${escaped(name.toUpperCase())}\\fR`
}

/** @param {string} text */
function lowered(text) {
  return (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/, '')
}

/** Text of its own line: a point or an apostrophe at its beginning would be an order to roff. @param {string} text */
function line(text) {
  return escaped(text).replace(/^(?=[.'])/gm, '\\&')
}

/** @param {string} text */
function escaped(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/\n\s*\n/g, '\n')
}
