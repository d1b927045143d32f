import { flush, handle, run } from '@oclif/core'

/** Starts oclif. @param entry the URL of the script in `bin/`, from which oclif finds package.json. */
export async function start(entry: string): Promise<void> {
  try {
    await run(process.argv.slice(2), entry)
    await flush()
  } catch (error) {
    await handle(error as Error)
  }
}
