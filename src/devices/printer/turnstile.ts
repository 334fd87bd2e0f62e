export interface Turnstile {
  /** Runs `task` when all that passed before it has ended, however that ended. */
  pass<T>(task: () => Promise<T>): Promise<T>
}

/** One at a time, in the order of asking. */
export function turnstile(): Turnstile {
  let last: Promise<unknown> = Promise.resolve()
  return {
    pass(task) {
      const mine = last.then(task, task)
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
