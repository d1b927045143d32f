import chalk from 'chalk'
import { terminalWidth } from './output.ts'
import type { Page } from './paged-table.ts'

/** The terminal as it is; with colours where it has them, which say nothing that the words don't. */
export function terminalPage(): Page {
  return {
    width: terminalWidth(),
    head: chalk.bold,
    mark: (text) => {
      if (text === 'elected') return chalk.green(text)
      return text === 'excluded' ? chalk.dim(text) : text
    },
  }
}

/** Plain text of 72 columns, for a file, a mail or a printer. */
export const plainPage: Page = { width: 72, head: (text) => text, mark: (text) => text }
