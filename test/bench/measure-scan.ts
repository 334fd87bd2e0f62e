import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import sharp from 'sharp'
import { drawSheet } from '../../src/devices/simulators/scanner/draw-sheet.ts'
import { skewedDegrees } from '../../src/main/imaging/thresholds.ts'
import { createPageShelf } from '../../src/main/pages/page-shelf.ts'
import { createPageWork } from '../../src/main/pages/page-work.ts'
import { openScanFolder } from '../../src/main/pages/scan-folder.ts'
import { createPageSealer } from '../../src/main/pages/seal-page.ts'
import { openBenchStore } from './bench-store.ts'
import { atMost, ratioOf, round, rounded } from './figure.ts'
import type { Part } from './part.ts'
import { percentile } from './series.ts'

const pages = 60
const warmUps = 5
const previewMaxPx = 1_200

/**
 * A page of the feeder, from its complete file to its hints and picture, and from "accept" to a sealed page that
 * is on record: as core does it, in its worker thread.
 */
export const measureScan: Part = async ({ progress }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scan-'))
  const clear = openScanFolder(join('/dev/shm', `bench-scan-${process.pid}`))
  const store = openBenchStore(folder, 1)
  const work = createPageWork()
  const shelf = createPageShelf(join(folder, 'pages'))
  const recipient = await identityToRecipient(await generateX25519Identity())
  const sealer = createPageSealer({ work, shelf, recipient })
  const jpeg = await formPage()
  const eventLoop = monitorEventLoopDelay({ resolution: 1 })
  const previews: number[] = []
  const decodes: number[] = []
  const seals: number[] = []
  const writes: number[] = []
  try {
    eventLoop.enable()
    for (let count = -warmUps; count < pages; count += 1) {
      const path = join(clear.path, `page-${count}.jpg`)
      await writeFile(path, jpeg)
      const previewMs = await timed(async () => {
        const { skewDegrees = 0 } = await work.inspect(path)
        await work.preview(path, { maxPx: previewMaxPx, skewDegrees })
      })
      const sealMs = await timed(async () => {
        const { contentHash, captureHash } = await sealer.sealPage(path)
        store.pages.keepDraftPage({ contentHash, captureHash, personHash: null })
      })
      // The raw limits would count as delay of core's own event loop.
      eventLoop.disable()
      const decodeMs = await timed(() => sharp(jpeg).raw().toBuffer())
      const writeMs = await timed(async () => writeDurably(join(folder, `raw-${count}`), jpeg))
      eventLoop.enable()
      if (count < 0) continue
      previews.push(previewMs)
      seals.push(sealMs)
      decodes.push(decodeMs)
      writes.push(writeMs)
    }
    progress(`${pages} pages of ${jpeg.length} bytes`)
    const measured = { ...named('preview', previews), ...named('sealed', seals) }
    const raw = { ...named('preview', decodes), ...named('sealed', writes) }
    const delayP99 = eventLoop.percentile(99) / 1e6
    return {
      what: 'page file complete → hints and picture; page accepted → ciphertext durable and on record',
      unit: 'ms',
      measured: rounded(measured),
      raw: {
        what: 'decoding the same JPEG; writing its bytes to disk with one fsync',
        ...rounded(raw),
      },
      ratio: ratioOf(measured, raw),
      aims: [atMost('event loop delay p99 ≤ 20 ms', delayP99, 20)],
      more: { pageBytes: jpeg.length, pages, eventLoopDelayP99: round(delayP99) },
    }
  } finally {
    eventLoop.disable()
    await work.close()
    store.close()
    clear.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A form as the scanner captures it: A4 at 200 dpi, crooked enough to be straightened. */
async function formPage(): Promise<Buffer> {
  const sheet = drawSheet({ kind: 'form', skewDegrees: skewedDegrees + 1 })
  const raw = { width: sheet.widthPx, height: sheet.heightPx, channels: 3 } as const
  return sharp(sheet.rgb, { raw }).jpeg({ quality: 75 }).toBuffer()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

function named(name: string, samples: readonly number[]) {
  return {
    [`${name}P50`]: percentile(samples, 50),
    [`${name}P95`]: percentile(samples, 95),
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600)
  writeSync(file, bytes)
  fsyncSync(file)
  closeSync(file)
}
