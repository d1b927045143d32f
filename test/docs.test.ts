import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { staleDocs } from '../tools/docs.ts'

test('the documents that are derived from the commands are in step (mend them with: npm run docs)', async () => {
  expect(await staleDocs()).toEqual([])
})

const root = fileURLToPath(new URL('..', import.meta.url))

test('every command that is named to an officer exists', () => {
  const known = new Set(
    globSync('commands/**/*.ts', { cwd: root }).map((path) =>
      path.replace(/^commands\/|\.ts$/g, '').replaceAll('/', ' '),
    ),
  )
  const topics = new Set([...known].map((words) => words.split(' ')[0]))
  const files = globSync(['{src,commands,templates}/**/*.*', 'README.md', 'docs/*.md'], { cwd: root })
  const unknown = files.flatMap((file) => {
    const text = readFileSync(`${root}${file}`, 'utf8')
    return [...text.matchAll(/(^|`|: |<%= config\.bin %> )urna ([a-z]+)(?: ([a-z-]+))?/gm)]
      .filter(([, mark, topic = '', verb]) =>
        topics.has(topic)
          ? verb !== undefined && !known.has(topic) && !known.has(`${topic} ${verb}`)
          : mark === '`',
      )
      .map(([found]) => `${file}: ${found}`)
  })
  expect(topics.size).toBeGreaterThan(10)
  expect(unknown).toEqual([])
})
