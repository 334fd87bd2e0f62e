// Writes down the effects of one undisturbed day: `node test/crash/record.ts`. Look at the difference before
// you commit it: each new line is a new place to die in.
import { startMachine } from '../support/machine.ts'
import { liveOneDay } from './day.ts'
import { writeKillCases } from './kill-cases.ts'

const machine = await startMachine({ scanner: true })
try {
  await liveOneDay(machine)
  writeKillCases([...new Set(machine.effects())])
} finally {
  await machine.stop()
}
