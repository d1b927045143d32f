import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Bytes of one message that are read: what matters of a notice stands at its beginning. */
const longest = 4 * 1024 * 1024

/**
 * The messages of a Maildir, of a folder of `.eml` files, or of an mbox file, one after the other.
 * @throws what the system says
 */
export async function* mailMessages(path: string): AsyncGenerator<Uint8Array> {
  if (!(await stat(path)).isDirectory()) return yield* mboxMessages(path)
  for (const { parentPath, name } of await messageFiles(path))
    yield firstOf(await readFile(join(parentPath, name)))
}

/** Of a Maildir what was read and what was not; otherwise the .eml files. In the order of their names. */
async function messageFiles(folder: string) {
  const names = await readdir(folder)
  const isMaildir = names.includes('cur') && names.includes('new')
  const folders = isMaildir ? [join(folder, 'cur'), join(folder, 'new')] : [folder]
  const lists = await Promise.all(folders.map((each) => readdir(each, { withFileTypes: true })))
  return lists
    .flat()
    .filter((entry) => entry.isFile() && (isMaildir || /\.eml$/i.test(entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A message begins with a line `From …` at the start of the file or after an empty line; `>From` is one of the text. */
async function* mboxMessages(path: string): AsyncGenerator<Uint8Array> {
  let lines: string[] = []
  let size = 0
  let afterEmpty = true
  for await (const line of createInterface({
    input: createReadStream(path, 'latin1'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (afterEmpty && line.startsWith('From ')) {
      if (lines.length > 0) yield Buffer.from(lines.join('\r\n'), 'latin1')
      lines = []
      size = 0
    } else if (size < longest) {
      lines.push(line.replace(/^>(>*From )/, '$1'))
      size += line.length
    }
    afterEmpty = line === ''
  }
  if (lines.length > 0) yield Buffer.from(lines.join('\r\n'), 'latin1')
}

function firstOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, longest)
}
