import { runSeed } from './run-seed.ts'

/** The last lines of a run that tell what led to it. */
const told = 200

/** Lives one seed; a verdict is an error that says how to see it again. */
export async function expectSeed(seed: number): Promise<void> {
  const { verdict, trace } = await runSeed(seed)
  if (verdict.length === 0) return
  throw new Error(
    [
      ...verdict,
      `again: CRASH_SEED=${seed} npm run test:crash -- test/crash/random.full.ts`,
      `the run, its last ${told} lines:`,
      ...trace.slice(-told),
    ].join('\n'),
  )
}
