import { expect, test } from 'vitest'
import { staleDocs } from '../tools/docs.ts'

test('the documents that are derived from the commands are in step (mend them with: npm run docs)', async () => {
  expect(await staleDocs()).toEqual([])
})
