export interface Runs {
  /** Asked for while one is under way, it runs once more after that. Resolves when nothing is wanted any more. */
  run(): Promise<void>
  /** Lets the run under way end and begins no other. */
  stop(): Promise<void>
}

/** One run of `drain` at a time, however many ask for it. A long one looks whether it is to stop. */
export function runUntilQuiet(drain: (isStopping: () => boolean) => Promise<unknown>): Runs {
  let running: Promise<void> | undefined
  let wantedAgain = false
  let stopping = false
  const untilQuiet = async (): Promise<void> => {
    do {
      wantedAgain = false
      await drain(() => stopping)
    } while (wantedAgain && !stopping)
  }
  return {
    run() {
      wantedAgain = true
      running ??= untilQuiet().finally(() => {
        running = undefined
      })
      return running
    },
    async stop() {
      stopping = true
      await running?.catch(() => undefined)
    },
  }
}
