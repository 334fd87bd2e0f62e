import { describe } from 'vitest'
import { paperFaults } from './paper.ts'
import { printerWire } from './printer-wire.ts'
import { readerFaults } from './reader.ts'

// A machine each, side by side: most of their time is waiting for answers that do not come.
describe.concurrent('printer', printerWire)
describe.concurrent('paper', paperFaults)
describe.concurrent('reader', readerFaults)
