/** What a completion needs of a command, as oclif's manifest has it. */
export interface CompletedCommand {
  /** `election:open` */
  readonly id: string
  readonly summary?: string | undefined
  readonly hidden?: boolean | undefined
  readonly flags: Readonly<Record<string, CompletedFlag>>
}

interface CompletedFlag {
  readonly name: string
  readonly char?: string | undefined
  readonly type: 'boolean' | 'option'
  readonly description?: string | undefined
  readonly summary?: string | undefined
  readonly hidden?: boolean | undefined
  readonly options?: readonly string[] | undefined
}

/** Whether the words that were typed, flags left out, are those; or begin with those. */
const conditions = `function __urna_words
    set -l words (commandline -opc)
    string match -v -- '-*' $words[2..-1]
end
function __urna_at
    test "$(__urna_words)" = "$argv"
end
function __urna_in
    set -l words (__urna_words)
    test "$words[1..$(count $argv)]" = "$argv"
end`

/**
 * What the fish shell sources to complete commands and flags; values that are files it completes by itself.
 * @param topics what each group of commands is about
 */
export function fishCompletion(
  topics: readonly { readonly name: string; readonly description?: string | undefined }[],
  commands: readonly CompletedCommand[],
): string {
  const shown = commands.filter(({ hidden }) => !hidden).sort((a, b) => (a.id < b.id ? -1 : 1))
  const lines = [conditions]
  for (const { name, description } of topics) {
    lines.push(`complete -c urna -n '__urna_at' -f -a ${name} -d ${quoted(description ?? '')}`)
  }
  for (const { id, summary = '', flags } of shown) {
    const words = id.split(':')
    const before = words.slice(0, -1).map((word) => ` ${word}`)
    const isTopic = topics.some(({ name }) => name === id)
    if (!isTopic) {
      lines.push(
        `complete -c urna -n '__urna_at${before.join('')}' -f -a ${words.at(-1)} -d ${quoted(summary)}`,
      )
    }
    for (const flag of Object.values(flags)) {
      if (!flag.hidden) lines.push(`complete -c urna -n '__urna_in ${words.join(' ')}' ${flagWords(flag)}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function flagWords({ name, char, type, options, summary, description = '' }: CompletedFlag): string {
  const short = char === undefined ? '' : `-s ${char} `
  const choices = options === undefined ? '-r' : `-x -a ${quoted(options.join(' '))}`
  return `${short}-l ${name} ${type === 'option' ? `${choices} ` : ''}-d ${quoted(summary ?? description)}`
}

/** As fish reads it between single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', ' ')}'`
}
