import { MissingInput } from './refusals.ts'

/** Whether a person can be asked: a terminal at both ends, and no script that wants JSON. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY) && !process.argv.includes('--json')
}

/** Questions go to standard error: standard output is for data. */
const context = { output: process.stderr }

/** @param flag how a script gives the answer, for the refusal where nobody can be asked */
export async function askText(
  message: string,
  options: { flag: string; default?: string; validate?: (text: string) => true | string },
): Promise<string> {
  if (!canAsk()) throw new MissingInput(message, options.flag)
  const { input } = await import('@inquirer/prompts')
  return input(
    {
      message,
      ...(options.default === undefined ? {} : { default: options.default }),
      validate: options.validate ?? ((text) => text.trim().length > 0 || 'Please type something.'),
    },
    context,
  )
}

export async function askSecret(message: string, options: { flag: string }): Promise<string> {
  if (!canAsk()) throw new MissingInput(message, options.flag)
  const { password } = await import('@inquirer/prompts')
  return password({ message, mask: '•' }, context)
}

export async function askYesNo(
  message: string,
  options: { flag: string; default?: boolean },
): Promise<boolean> {
  if (!canAsk()) throw new MissingInput(message, options.flag)
  const { confirm } = await import('@inquirer/prompts')
  return confirm({ message, default: options.default ?? false }, context)
}

export async function askOne<Value extends string | number>(
  message: string,
  options: { flag: string; choices: readonly { name: string; value: Value; description?: string }[] },
): Promise<Value> {
  if (!canAsk()) throw new MissingInput(message, options.flag)
  const { select } = await import('@inquirer/prompts')
  return select<Value>({ message, choices: [...options.choices] }, context)
}

export async function askSeveral<Value extends string | number>(
  message: string,
  options: {
    flag: string
    choices: readonly { name: string; value: Value }[]
    validate?: (count: number) => true | string
  },
): Promise<Value[]> {
  if (!canAsk()) throw new MissingInput(message, options.flag)
  const { checkbox } = await import('@inquirer/prompts')
  return checkbox<Value>(
    {
      message,
      choices: [...options.choices],
      validate: (chosen) => options.validate?.(chosen.length) ?? true,
    },
    context,
  )
}
