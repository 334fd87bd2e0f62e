import { parentPort } from 'node:worker_threads'
import { slipRaster } from './slip-raster.ts'
import type { SlipAnswer, SlipRequest } from './slip-renderer.ts'

/** The thread in which slips are drawn, so that core's event loop goes on while letters are shaped. */
const port = parentPort
if (port === null) throw new Error('slip-worker runs as a worker thread')

port.on('message', ({ id, content }: SlipRequest) => {
  try {
    const raster = slipRaster(content)
    const answer: SlipAnswer = { id, raster }
    const buffer = raster.data.buffer
    port.postMessage(answer, buffer instanceof ArrayBuffer ? [buffer] : [])
  } catch (error) {
    // The message of a bug here may quote what was to be printed: only its kind leaves the thread.
    const answer: SlipAnswer = { id, error: error instanceof Error ? error.name : 'unknown' }
    port.postMessage(answer)
  }
})
