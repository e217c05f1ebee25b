import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,properties,examples,bench,score}/**/*.test.ts'],
    globalSetup: ['./vitest.setup.ts'],
    // Servers and clients share the processors with the tests: more files at once would only make each other wait.
    maxWorkers: 2,
    // No file changes what it shares with others (it mocks no module): each would import the same again, for a tenth of the time.
    isolate: false,
    // Of tests that mostly wait, in one file.
    maxConcurrency: 3,
    testTimeout: 90_000,
    hookTimeout: 30_000,
    reporters: ['default', ['junit', { outputFile: 'reports/vitest-junit.xml' }]],
  },
})
