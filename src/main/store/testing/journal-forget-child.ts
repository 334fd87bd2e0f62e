import { openJournal } from '../journal.ts'
import { sampleIntakeId } from './sample.ts'

// Takes the first of its entries out and is killed by its own hand inside the effect that it was told.
const [folder = '', effect, phase] = process.argv.slice(2)
const journal = await openJournal({
  folder,
  now: () => new Date(0),
  tap: (event) => {
    if (event.effect !== effect || event.phase !== phase) return
    process.kill(process.pid, 'SIGKILL')
    for (;;) {}
  },
})
await journal.forget(new Set([sampleIntakeId(1)]))
