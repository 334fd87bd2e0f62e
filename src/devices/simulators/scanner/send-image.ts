import type { Socket } from 'node:net'
import type { Clock } from '../../clock.ts'
import type { SheetImage } from './draw-sheet.ts'
import { word } from './net-wire.ts'
import { type SaneStatus, saneStatus } from './sane-status.ts'

const rowsPerRecord = 64
const endOfRecords = -1

/**
 * Sends one page over its data connection: records with their length, then one without that carries the status.
 * @returns `whole` when all rows were handed over, `broken` when trouble or the other end stopped it
 */
export async function sendImage(options: {
  readonly socket: Socket
  readonly image: SheetImage
  readonly trouble: 'jam' | 'doubleFeed' | undefined
  readonly clock: Clock
  readonly behaviour: { readonly silent: boolean; readonly pageMs: number }
  /** The cable between the rollers and the network was pulled. */
  readonly isUnplugged: () => boolean
}): Promise<'whole' | 'broken'> {
  const { socket, image, trouble, clock, behaviour, isUnplugged } = options
  const records = Math.ceil(image.heightPx / rowsPerRecord)
  const pause = (ms: number) => new Promise<void>((done) => void clock.setTimer(ms, done))
  const write = (bytes: Buffer) =>
    new Promise<void>((done) => {
      if (socket.write(bytes)) done()
      else {
        socket.once('drain', done)
        socket.once('close', done)
      }
    })

  const finish = (status: SaneStatus): void => {
    socket.end(Buffer.concat([word(endOfRecords), Buffer.of(status)]))
  }

  for (let record = 0; record < records; record += 1) {
    if (behaviour.pageMs > 0) await pause(behaviour.pageMs / records)
    while (behaviour.silent && !socket.destroyed && !isUnplugged()) await pause(50)
    if (socket.destroyed) return 'broken'
    if (isUnplugged()) {
      finish(saneStatus.ioError)
      return 'broken'
    }
    if (trouble !== undefined && record === Math.floor(records / 2)) {
      finish(saneStatus.jammed)
      return 'broken'
    }
    const row = image.widthPx * 3
    const rows = image.rgb.subarray(
      record * rowsPerRecord * row,
      (record + 1) * rowsPerRecord * row,
    )
    await write(Buffer.concat([word(rows.length), rows]))
  }
  if (socket.destroyed) return 'broken'
  finish(saneStatus.eof)
  return 'whole'
}
