import { isLoopback } from './hosts.ts'

/** A URL to which a secret may be sent: https, or http on this machine, and no password in it. Undefined for others. */
export function safeTarget(url: string): URL | undefined {
  const read = URL.canParse(url) ? new URL(url) : undefined
  const safe = read?.protocol === 'https:' || (read?.protocol === 'http:' && isLoopback(read.hostname))
  return safe && read.username === '' && read.password === '' ? read : undefined
}

/** The one header that a file holds, such as `Authorization: Bearer KEY`. Undefined if it is none. */
export function headerIn(text: string): Readonly<Record<string, string>> | undefined {
  const [, name, value] = /^([A-Za-z0-9-]+):[ \t]*([\x20-\x7e]+?)\s*$/.exec(text) ?? []
  return name === undefined || value === undefined ? undefined : { [name]: value }
}
