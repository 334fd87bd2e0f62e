/** The real driver in a process of its own, as core would run it: every event is one line of JSON on stdout. */
import { systemClock } from '../../src/devices/clock.ts'
import { hidPosReader } from '../../src/devices/reader/hid-pos-reader.ts'

const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)
const options = JSON.parse(process.argv[2] ?? '{}') as Partial<Parameters<typeof hidPosReader>[0]>
const reader = hidPosReader({ id: 'reader', clock: systemClock, ...options })

reader.onStatus(({ state, reasons }) => say({ kind: 'status', state, reasons }))
reader.onReading(({ bytes, text, aimId, atMs }) =>
  say({
    kind: 'reading',
    base64: Buffer.from(bytes).toString('base64'),
    text,
    aimId,
    atMs: performance.timeOrigin + atMs,
    deliveredAtMs: performance.timeOrigin + performance.now(),
  }),
)
reader.start()
process.stdin
  .on('data', () =>
    say({ kind: 'facts', counters: reader.counters(), exchanges: reader.lastExchanges() }),
  )
  .on('end', () => void reader.stop().then(() => say({ kind: 'stopped' })))
