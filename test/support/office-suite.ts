import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether there is an office suite that opens workbooks; a test without it says so, and is skipped. */
export const hasOfficeSuite = isThere()
if (!hasOfficeSuite) console.warn('skipped: no LibreOffice')

function isThere(): boolean {
  try {
    execFileSync('which', ['soffice'])
    return true
  } catch {
    return false
  }
}

/**
 * Has LibreOffice open a file and write it as another kind, in a home of its own.
 * @param kind such as `pdf`, or `csv:…` with a filter
 * @returns what it said; the file written has the name of the one given
 */
export function converted(file: string, kind: string, folder: string): string {
  const home = mkdtempSync(join(tmpdir(), 'urna-office-'))
  try {
    const own = [`-env:UserInstallation=file://${home}`, '--headless', '--norestore']
    const told = execFileSync('soffice', [...own, '--convert-to', kind, '--outdir', folder, file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 240_000,
    })
    return told
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
