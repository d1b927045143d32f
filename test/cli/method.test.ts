import { expect, test } from 'vitest'
import * as list from '../../commands/method/list.ts'
import * as show from '../../commands/method/show.ts'
import { methods } from '../../src/tabulation/registry.ts'
import { json, refused, runCommand } from '../support/run-command.ts'

test('every method of the registry is listed, with what a voter does and what is opened', async () => {
  const listed = list.output.parse(await json(list))
  expect(listed.methods.map(({ id }) => id)).toEqual(methods.map(({ id }) => id))
  expect(listed.methods).toContainEqual({
    ...{ id: 'stv-scottish', title: 'STV, Scottish council rules', style: 'ranking' },
    opensAs: 'shuffled ballots',
    source: 'Scottish Local Government Elections Order 2011, Schedule 1, rules 46 to 53',
  })
})

test.each(methods.map(({ id }) => id))('%s tells each of its rules in words', async (id) => {
  const { rules } = show.output.parse(await json(show, id))
  const schema = methods.find((method) => method.id === id)!.rules
  expect(rules.map(({ rule }) => rule)).toEqual(Object.keys(schema.parse({}) as object))
  for (const { usual, values } of rules) {
    expect(values).not.toBe('')
    expect(usual).not.toMatch(/undefined|object/)
  }
})

test('a method is shown for a person to choose by', async () => {
  const { stdout } = await runCommand(show.default, ['majority'])
  await expect(stdout).toMatchFileSnapshot('../golden/method-show.txt')
})

test('a misspelt method gets the nearest', async () => {
  expect(await refused(show, 'shulze')).toMatchObject({
    ...{ status: 3, code: 'method-not-found', hint: 'Did you mean schulze?' },
  })
})
