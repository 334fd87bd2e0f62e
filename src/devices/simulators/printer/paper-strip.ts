import { crc32, deflateSync } from 'node:zlib'

/** What hangs out of the printer: rows of dots since the last cut. */
export interface PaperStrip {
  print(row: Uint8Array): void
  heightDots(): number
  /** PNG of the strip, black on white, one bit a dot. */
  png(): Buffer
  /** The strip goes; what is printed next begins another. */
  clear(): void
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** PNG, grey, bit depth 1: in PNG 0 is black, on thermal paper 1 is. */
function encodePng(rows: readonly Uint8Array[], widthDots: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthDots, 0)
  header.writeUInt32BE(Math.max(1, rows.length), 4)
  header[8] = 1
  const lines = rows.length === 0 ? [new Uint8Array(widthDots / 8)] : rows
  const pixels = Buffer.concat(
    lines.flatMap((row) => [Buffer.of(0), Buffer.from(row.map((byte) => byte ^ 0xff))]),
  )
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Rows are padded with white, or cut off where the head ends. */
export function paperStrip(widthDots: number): PaperStrip {
  let rows: Uint8Array[] = []
  return {
    print(row) {
      const line = new Uint8Array(widthDots / 8)
      line.set(row.subarray(0, line.length))
      rows.push(line)
    },
    heightDots: () => rows.length,
    png: () => encodePng(rows, widthDots),
    clear() {
      rows = []
    },
  }
}
