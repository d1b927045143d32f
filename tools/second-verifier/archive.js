// The archive: an old-style tar of files named by their hash, and in it a chain of events.
import { sha256Hex } from './group.js'
import { constant, either, ensure, hash, integer, matching, read, record, weight } from './shape.js'

const block = 512
/** The time is a text of digits, or a number: Belenios writes the one and reads both. */
const timestamp = either((json) => typeof json === 'string', matching(/^(0|[1-9][0-9]{0,10})$/), integer)
const header = record({ version: constant(1), timestamp })
const types = /^(Setup|Ballot|EndBallots|EncryptedTally|Shuffle|EndShuffles|PartialDecryption|Result)$/
const owned = record({ owner: integer, payload: hash })
/** The data that name other data. */
const naming = {
  Setup: record({ election: hash, trustees: hash, credentials: hash, 'credentials_certificate?': hash }),
  EncryptedTally: record({ num_tallied: integer, total_weight: weight, encrypted_tally: hash }),
  Shuffle: owned,
  PartialDecryption: owned,
}
const event = record({ 'parent?': hash, height: integer, type: matching(types), 'payload?': hash })

/** The files of a tar that, written again, gives the same bytes. @returns the name and text of each, in order */
export function readTar(bytes) {
  const files = []
  for (let at = 0, mtime = 0; at < bytes.length; ) {
    const field = (start, end) => Buffer.from(bytes.subarray(at + start, at + end)).toString('latin1')
    const name = field(0, 100).replace(/\0.*$/s, '')
    ensure(/^[0-7]{11}$/.test(field(124, 135)), `the size of the file at byte ${at} is no number`)
    const size = Number.parseInt(field(124, 135), 8)
    const content = bytes.subarray(at + block, at + block + size)
    const json = utf8(content, name)
    if (files.length === 0) {
      ensure(name === 'BELENIOS', 'the first file is not BELENIOS')
      mtime = Number(read(header, json, 'BELENIOS').timestamp)
      ensure(mtime < 8 ** 11, 'the time is too large for a tar')
    }
    const written = tarFile(name, content, mtime)
    ensure(
      written.equals(bytes.subarray(at, at + written.length)),
      `the file ${name} is not written as it must be`,
    )
    files.push({ name, json })
    at += written.length
  }
  ensure(files.length > 0, 'the archive is empty')
  return files
}

/**
 * The chain: each event names the one before, and comes right after the data that it adds.
 * @returns the type of each event, the text of its data as `json`, and of what they name by the name of the field
 */
export function readChain([, ...files]) {
  const events = []
  let added = []
  let last
  for (const { name, json } of files) {
    const hash = sha256Hex(json)
    if (name === `${hash}.data.json`) {
      added.push({ hash, json })
      continue
    }
    ensure(name === `${hash}.event.json`, `the file ${name} is not named by its hash`)
    const { height, type, payload, parent } = read(event, json, 'event')
    ensure(height === events.length, `event ${events.length} says that it is number ${height}`)
    ensure(parent === last, `event ${height} does not name the event before it`)
    ensure(payload === added.at(-1)?.hash, `event ${height} does not name the data before it`)
    events.push({ type, json: added.at(-1)?.json, ...namedBy(type, added) })
    added = []
    last = hash
  }
  ensure(events.length > 0, 'there is no event')
  ensure(added.length === 0, 'there are data after the last event')
  return events
}

/** Of the data of an event the last name the others, in their order. */
function namedBy(type, added) {
  ensure((added.length === 0) === type.startsWith('End'), `an event ${type} has data, or lacks them`)
  const others = added.slice(0, -1)
  const named = Object.hasOwn(naming, type) ? Object.entries(read(naming[type], added.at(-1).json, type)) : []
  const fields = named.filter(([, value]) => typeof value === 'string')
  ensure(
    fields.map(([, hash]) => hash).join() === others.map(({ hash }) => hash).join(),
    `an event ${type} names other data than stand before it`,
  )
  return Object.fromEntries(fields.map(([field], i) => [field, others[i].json]))
}

/** One file as Belenios writes it: header, content, zeros up to a whole block. */
function tarFile(name, content, mtime) {
  const octal = (number, digits) => `${number.toString(8).padStart(digits, '0')}\0`
  const start = `${name.padEnd(100, '\0')}${octal(0o644, 7)}${octal(0, 7)}${octal(0, 7)}${octal(content.length, 11)}${octal(mtime, 11)}`
  const end = '0'.padEnd(block - 156, '\0')
  const sum = Buffer.from(`${start}        ${end}`, 'latin1').reduce((total, byte) => total + byte, 0)
  const padding = Buffer.alloc((block - (content.length % block)) % block)
  return Buffer.concat([Buffer.from(`${start}${octal(sum, 6)} ${end}`, 'latin1'), content, padding])
}

function utf8(bytes, name) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    ensure(false, `the file ${name} is no UTF-8`)
  }
}
