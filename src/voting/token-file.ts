import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { flushFolder } from '../new-name.ts'
import { TokenFileExists, TokenFileUnnamed, TokenFileUnwritable } from './token-file-refusals.ts'

/**
 * The one file that ever holds private tokens. Its life keeps a crash from leaving tokens that count and
 * that nobody has:
 *
 * 1. inside the transaction, it is written under a temporary name, readable by its owner only, and flushed
 *    to the disk;
 * 2. the transaction commits: from here on the tokens count;
 * 3. it gets its name.
 *
 * A crash before 2 leaves a temporary file whose tokens are worth nothing; after 2, one that is complete,
 * and the next `token issue` finishes step 3.
 */
export interface TokenFile {
  append(lines: readonly TokenLine[]): void
  /** Ends step 1. */
  flush(): void
  /** For a transaction that is given up. */
  discard(): void
}

interface TokenLine {
  /** The voter's, or the label of a reserve token. */
  readonly number: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly token: string
  readonly election: string
  /** To the ballot page, with the token in it; in every line of a file or in none. */
  readonly link?: string
  /** The voter whose vote it is, where it is handed to another member. */
  readonly proxyFor?: { readonly number: string; readonly name: string }
}

const plainColumns = ['number', 'name', 'email', 'phone', 'token', 'election']

/** The name that the file has until its tokens count. */
export function temporaryName(path: string): string {
  return `${path}.part`
}

/**
 * @param options.links whether lines have a link to the ballot page
 * @param options.proxies whether some lines are for votes that were given to others
 * @throws TokenFileExists, TokenFileUnwritable
 */
export function startTokenFile(
  path: string,
  { links, proxies = false }: { links: boolean; proxies?: boolean },
): TokenFile {
  if (existsSync(path)) throw new TokenFileExists(path)
  const descriptor = openNew(temporaryName(path), path)
  const write = (text: string) => writing(path, () => writeFileSync(descriptor, text))
  let open = true
  const close = () => {
    if (open) closeSync(descriptor)
    open = false
  }
  const columns = [...plainColumns, ...(links ? ['link'] : []), ...(proxies ? ['proxy for'] : [])]
  const file: TokenFile = {
    append: (lines) => write(stringify(lines.map(inert), { columns: [...columns] })),
    flush: () => {
      writing(path, () => fsyncSync(descriptor))
      close()
      writing(path, () => flushFolder(dirname(path)))
    },
    discard: () => {
      close()
      unlinkSync(temporaryName(path))
    },
  }
  try {
    // Spreadsheet programs take a file without the mark for another encoding, and spoil the names.
    write(`\ufeff${columns.join(',')}\n`)
  } catch (error) {
    file.discard()
    throw error
  }
  return file
}

/**
 * Step 3. Harmless where another urna did it meanwhile.
 * @throws TokenFileUnnamed
 */
export function nameTokenFile(path: string): void {
  const written = temporaryName(path)
  if (!existsSync(written)) return
  try {
    takeName(path)
    renameSync(written, path)
    flushFolder(dirname(path))
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    if (existsSync(written)) throw new TokenFileUnnamed({ path, written, reason })
  }
}

/** Nobody else's file may be overwritten; an empty one is what an interrupted `takeName` left. */
function takeName(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || statSync(path).size > 0) throw error
  }
}

/**
 * A token of the file that an interrupted command left under its temporary name.
 * @returns undefined where there is no such file; null where there is one without a whole line
 */
export function leftOverToken(path: string): string | null | undefined {
  const written = temporaryName(path)
  if (!existsSync(written)) return undefined
  return /\b\w{5}-\w{6}-\w{5}-\w{6}\b/.exec(readFileSync(written, 'utf8'))?.[0] ?? null
}

/** What a spreadsheet would take for a formula is shown as it is instead: all of it comes from the members. */
function inert({ number, name, email, phone, proxyFor, ...rest }: TokenLine): Record<string, string> {
  return {
    ...rest,
    ...{ number: shownCell(number), name: shownCell(name), email: shownCell(email), phone: shownCell(phone) },
    'proxy for': proxyFor === undefined ? '' : shownCell(`${proxyFor.number} ${proxyFor.name}`),
  }
}

/** As a spreadsheet shows it, and runs nothing. */
export function shownCell(cell: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^\+?[\d\s().-]+$/.test(cell)
  return isFormula ? `'${cell}` : cell
}

function openNew(written: string, path: string): number {
  try {
    return openSync(written, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new TokenFileExists(written)
    throw unwritable(error, path)
  }
}

function writing(path: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw unwritable(error, path)
  }
}

function unwritable(error: unknown, path: string): TokenFileUnwritable {
  return new TokenFileUnwritable(path, (error as NodeJS.ErrnoException).code ?? 'unknown')
}
