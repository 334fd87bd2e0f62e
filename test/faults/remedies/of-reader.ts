import { wireFault } from '../../support/fault-bench.ts'
import type { Machine } from '../../support/machine.ts'
import type { Remedy } from './remedy.ts'

const mode = (machine: Machine, to: 'keyboard' | 'hidPos') =>
  machine.reader.control.send('setMode', { mode: to })

export const readerRemedies: readonly Remedy[] = [
  {
    code: 'PORT_MISSING',
    subject: 'reader',
    bring: (machine) => wireFault(machine, 'reader', 'unplugged', true),
    follow: (machine) => wireFault(machine, 'reader', 'unplugged', false),
  },
  {
    code: 'WRONG_MODE',
    subject: 'reader',
    bring: (machine) => mode(machine, 'keyboard'),
    follow: (machine) => mode(machine, 'hidPos'),
  },
]
