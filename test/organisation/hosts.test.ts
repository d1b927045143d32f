import { expect, test } from 'vitest'
import { hostnameOf } from '../../src/organisation/hosts.ts'

test.each([
  ['vote.example.org', 'vote.example.org'],
  ['Vote.Example.ORG:8443', 'vote.example.org'],
  ['vote.example.org.', 'vote.example.org'],
  ['elecciones.güemes.example', 'elecciones.xn--gemes-kva.example'],
  ['localhost:3000', 'localhost'],
  ['192.168.1.20', '192.168.1.20'],
  ['[::1]:3000', '[::1]'],
  ['https://vote.example.org', undefined],
  ['vote.example.org/path', undefined],
  ['ada@vote.example.org', undefined],
  ['two words', undefined],
  ['', undefined],
  ['x'.repeat(300), undefined],
])('%j as a host is %j', (text, hostname) => {
  expect(hostnameOf(text)).toBe(hostname)
})
