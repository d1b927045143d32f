import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/conformance-table.ts'],
    include: ['test/**/*.test.ts'],
    // Commands print; tests read what they printed.
    disableConsoleIntercept: true,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
