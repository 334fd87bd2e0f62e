import { readState, say } from './api.ts'
import { drawCables } from './cables.ts'
import { drawPhone } from './phone.ts'
import { drawPrinter } from './printer.ts'
import { drawReader } from './reader.ts'
import { drawScanner } from './scanner.ts'
import { drawWall } from './wall.ts'

const everyMs = 400
let wasLost = false

/** Reads and draws, over and over; the demo's end is said, not hidden. */
async function follow(): Promise<void> {
  try {
    const state = await readState()
    if (wasLost) say('')
    wasLost = false
    drawReader(state)
    drawWall(state)
    drawPrinter(state)
    drawScanner(state)
    drawPhone(state)
    drawCables(state)
  } catch {
    wasLost = true
    say('Không còn trình diễn nào chạy · the demo has ended')
  }
  setTimeout(() => void follow(), everyMs)
}

void follow()
