import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest, in order of their seconds. Begun late, each would leave the other workers without work at the end. */
const LONGEST = [
  'properties/styles.test.ts',
  'properties/odd-servers.test.ts',
  'properties/expectations.test.ts',
  'src/servers-under-test/styles.test.ts',
  'src/servers-under-test/leftovers.test.ts',
  'src/cli/examples.test.ts',
  'src/cli/hostile-servers.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const longest = LONGEST.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)))
    return [...longest, ...sorted.filter((file) => !longest.includes(file))]
  }
}

export default defineConfig({
  test: {
    include: ['{src,properties,examples,bench,score}/**/*.test.ts'],
    globalSetup: ['./vitest.setup.ts'],
    sequence: { sequencer: LongestFirst },
    // More than two for each processor where CI runs: many tests wait, for an answer that must not come or a time to be over.
    maxWorkers: 5,
    // No file changes what it shares with others (it mocks no module): each would import the same again.
    isolate: false,
    // Of tests that mostly wait, in one file: fifteen at once in all, so that none waits long for the processor.
    maxConcurrency: 3,
    testTimeout: 90_000,
    hookTimeout: 30_000,
    reporters: ['default', ['junit', { outputFile: 'reports/vitest-junit.xml' }]],
  },
})
