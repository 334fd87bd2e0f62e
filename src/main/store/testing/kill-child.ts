import { allEffects } from './all-effects.ts'
import { openSampleStore, sampleClock } from './sample.ts'

// Runs through every commit and is killed by its own hand inside the one that it was told.
const [folder = '', effect, phase] = process.argv.slice(2)
const clock = sampleClock()
const store = openSampleStore(folder, {
  clock,
  tap: (event) => {
    if (event.effect !== effect || event.phase !== phase) return
    process.kill(process.pid, 'SIGKILL')
    // The signal may take a moment; nothing more may happen meanwhile.
    for (;;) {}
  },
})
for (const step of allEffects) step.run(store, clock)
