import { openJournal } from '../journal.ts'
import { sampleJournalEntry } from './sample.ts'

// Appends two entries and is killed by its own hand at the fsync of the second.
const [folder = '', phase] = process.argv.slice(2)
let fsyncs = 0
const journal = await openJournal({
  folder,
  now: () => new Date(0),
  tap: (event) => {
    if (event.effect !== 'fsync:journal' || event.phase !== phase) return
    fsyncs += 1
    if (fsyncs < 2) return
    process.kill(process.pid, 'SIGKILL')
    for (;;) {}
  },
})
await journal.append(sampleJournalEntry(1))
await journal.append(sampleJournalEntry(2))
