import type { Raster } from '../../devices/contract.ts'
import { writeConfirmation } from './confirmation-layout.ts'
import { writeHandOver } from './hand-over-layout.ts'
import { writeIncident } from './incident-layout.ts'
import type { SlipContent } from './slip-content.ts'
import { registerSlipFonts } from './slip-fonts.ts'
import { SlipPaper } from './slip-paper.ts'
import { writeTest } from './test-layout.ts'

function write(paper: SlipPaper, content: SlipContent): void {
  switch (content.kind) {
    case 'slip':
    case 'reprint':
      writeConfirmation(paper, content)
      return
    case 'incident':
      writeIncident(paper, content)
      return
    case 'handOver':
      writeHandOver(paper, content)
      return
    case 'test':
      writeTest(paper, content)
      return
  }
}

/**
 * Lays out one slip and returns its dots. Takes about 100 ms of processor: core calls it in a worker, see
 * `slip-renderer.ts`. Throws a RangeError for a QR payload that is not ASCII or too long for the paper.
 */
export function slipRaster(content: SlipContent): Raster {
  registerSlipFonts()
  const paper = new SlipPaper(content.widthDots)
  write(paper, content)
  return paper.toRaster()
}
