import { describe, expect, test } from 'vitest'
import { findOracle } from '../support/oracle.ts'
import { temporaryUrna } from '../support/urna.ts'

const oracle = findOracle()

describe.skipIf(oracle === undefined)('any SQLCipher 4 tool (skipped: no oracle)', () => {
  test('another program opens the file with the passphrase, and not without', async () => {
    const urna = await temporaryUrna({ organisation: 'Rail Workers' })
    const { path, passphrase } = urna
    const question = 'select name from organisation;'
    try {
      expect(oracle!.sqlcipher(path, passphrase, question)).toContain('Rail Workers')
      expect(() => oracle!.sqlcipher(path, `${passphrase}!`, question)).toThrow('not a database')
    } finally {
      await urna.close()
    }
  })
})
