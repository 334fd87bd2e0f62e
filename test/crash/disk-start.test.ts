import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectStart } from './disk/expect-start.ts'
import { openStartBench, type StartBench } from './disk/start-calls.ts'

/** A short selection; `npm run test:crash` fails every call of a start. */
describe('an I/O error at a start', () => {
  let bench: StartBench
  beforeAll(async () => {
    bench = await openStartBench()
  })
  afterAll(() => bench?.remove())

  it.each([
    { call: 'pread64', file: 'kiosk/kiosk.sqlite' },
    { call: 'pread64', file: 'kiosk/kiosk.sqlite-wal' },
    { call: 'pwrite64', file: 'kiosk/kiosk.sqlite-wal' },
    { call: 'read', file: 'journal/journal.log' },
  ])('once, $call of $file: the next start serves, and nothing is restored', (one) =>
    expectStart(bench, one, 'once'),
  )

  it('of a small file beside the dossiers ends no start', async () => {
    const { failing } = await bench.start(
      { call: 'openat', file: 'kiosk/last-device-frame' },
      'for good',
    )
    expect(failing).toMatchObject({ ready: true, exitCode: 0 })
  })

  it('of the pages ends no start: what is left over there can wait', async () => {
    const { failing } = await bench.start({ call: 'openat', file: 'kiosk/pages' }, 'for good')
    expect(failing).toMatchObject({ ready: true, exitCode: 0 })
    expect(failing.said).toContain('DISK_ERROR')
  })

  it('that lasts, of a database: it is set aside, and the next start serves from a backup', async () => {
    const { next, restored } = await bench.start(
      { call: 'pread64', file: 'kiosk/kiosk.sqlite' },
      'for good',
    )
    expect({ restored, ready: next.ready }).toEqual({ restored: true, ready: true })
  })
})
