/**
 * Work that leaves the process (disk, network, threads) is done one piece after another, and time stands still
 * meanwhile: so a run takes the same way every time, however fast the disk is.
 */
export interface Turns {
  /** Does the work when its turn comes; never answers to somebody who has died by then. */
  take<T>(isAlive: () => boolean, work: () => Promise<T>): Promise<T>
  /** Resolves when nothing more happens by itself. */
  settle(): Promise<void>
}

interface Piece {
  run(): Promise<void>
}

export function createTurns(): Turns {
  const waiting: Piece[] = []
  const quiet = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((done) => setImmediate(done))
  }
  return {
    take(isAlive, work) {
      return new Promise((resolve, reject) => {
        waiting.push({
          async run() {
            if (!isAlive()) return
            try {
              const value = await work()
              if (isAlive()) resolve(value)
            } catch (error) {
              if (isAlive()) reject(error)
            }
          },
        })
      })
    },
    async settle() {
      await quiet()
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        await piece.run()
        await quiet()
      }
    },
  }
}
