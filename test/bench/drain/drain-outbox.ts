import type { Store } from '../../../src/main/store/open-store.ts'
import { createOutboxWorker } from '../../../src/main/sync/outbox-worker.ts'
import { createProvinceClient } from '../../../src/main/sync/province-client.ts'
import type { TestProvince } from '../../support/province.ts'

/** Seconds until the province's receipt for everything that waits is committed. */
export async function drainOutbox(
  store: Store,
  province: TestProvince,
  lanesInFlight: number,
): Promise<number> {
  const client = createProvinceClient({
    url: province.url,
    kioskId: province.kioskId,
    token: province.token,
    provinceId: province.published.provinceId,
    receiptKeys: province.published.receiptKeys,
  })
  let waiting = store.outbox.counts().pending
  let finished = () => {}
  const allSent = new Promise<void>((resolve) => {
    finished = resolve
  })
  const worker = createOutboxWorker(
    {
      outbox: {
        ...store.outbox,
        acknowledge(key, receipt, at) {
          store.outbox.acknowledge(key, receipt, at)
          waiting -= 1
          if (waiting === 0) finished()
        },
      },
      epochs: store.epoch,
      client,
      slipKey: { keyId: 's-1', publicKey: Buffer.alloc(32, 7).toString('base64url') },
      clock: {
        now: () => new Date(),
        runningMs: () => performance.now(),
        setTimer(delayMs, fire) {
          const timer = setTimeout(fire, delayMs)
          return () => clearTimeout(timer)
        },
      },
      random: Math.random,
      report: (incident) => {
        throw new Error(`the drain met ${incident.event} ${incident.code}`)
      },
    },
    { lanesInFlight },
  )
  const beforeMs = performance.now()
  worker.start()
  await allSent
  const seconds = (performance.now() - beforeMs) / 1_000
  await worker.stop()
  return seconds
}
