import { expect, test } from 'vitest'
import { isLoopback } from '../../src/delivery/hosts.ts'

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example.org', false],
  ['vote.example.org', false],
])('whether %s is this very machine: %s', (host, own) => {
  expect(isLoopback(host)).toBe(own)
})
