import { fileURLToPath } from 'node:url'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import type { SheetDescription } from './sheet-description.ts'

/** A4 at 200 dpi. */
export const sheetWidthPx = 1654
export const sheetHeightPx = 2339
const pxPerMm = 200 / 25.4
/** What a sheet feeder has behind the paper. */
const background = '#3a3a3c'

/** Texts of no real form, person or office. */
const sentences = [
  'Tờ khai này do máy vẽ để thử máy quét, không có giá trị.',
  'Họ và tên người khai: NGUYỄN VĂN THỬ (mẫu). Nơi ở: thôn Mẫu, xã Hoa Sen.',
  'Đề nghị cơ quan xem xét việc đã nêu và trả lời theo quy định.',
  'Tôi cam đoan những điều khai trên đây là không có thật.',
]

/** Our own fonts: what a machine has installed must not change what its tests scan. */
const family = 'sheet-latin, sheet-vietnamese'
for (const subset of ['latin', 'vietnamese']) {
  const file = `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-500-normal.woff2`
  if (!GlobalFonts.registerFromPath(fileURLToPath(import.meta.resolve(file)), `sheet-${subset}`)) {
    throw new Error(`font not readable: ${file}`)
  }
}

export interface SheetImage {
  readonly widthPx: number
  readonly heightPx: number
  /** Three bytes a pixel, rows from the top. */
  readonly rgb: Buffer
}

/** The sheet as the scanner sees it: paper on a dark ground, lying as it lies. */
export function drawSheet(sheet: SheetDescription): SheetImage {
  const canvas = createCanvas(sheetWidthPx, sheetHeightPx)
  const pen = canvas.getContext('2d')
  pen.fillStyle = background
  pen.fillRect(0, 0, sheetWidthPx, sheetHeightPx)
  pen.translate(sheetWidthPx / 2, sheetHeightPx / 2)
  pen.rotate(((sheet.skewDegrees ?? 0) * Math.PI) / 180)
  pen.translate(-sheetWidthPx / 2 - (sheet.shiftLeftMm ?? 0) * pxPerMm, -sheetHeightPx / 2)
  const paper = createCanvas(sheetWidthPx, sheetHeightPx)
  drawPaper(paper.getContext('2d'), sheet)
  if (sheet.blurPx !== undefined) pen.filter = `blur(${sheet.blurPx}px)`
  pen.drawImage(paper, 0, 0)
  const { data } = pen.getImageData(0, 0, sheetWidthPx, sheetHeightPx)
  const rgb = Buffer.allocUnsafe(sheetWidthPx * sheetHeightPx * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0
    rgb[to + 1] = data[from + 1] ?? 0
    rgb[to + 2] = data[from + 2] ?? 0
  }
  return { widthPx: sheetWidthPx, heightPx: sheetHeightPx, rgb }
}

function drawPaper(pen: SKRSContext2D, sheet: SheetDescription): void {
  pen.fillStyle = sheet.paper ?? '#fbfaf6'
  pen.fillRect(0, 0, sheetWidthPx, sheetHeightPx)
  addGrain(pen)
  switch (sheet.kind) {
    case 'form':
      drawForm(pen, sheet.number)
      break
    case 'photo':
      drawPhoto(pen)
      break
    case 'signature':
      drawSignature(pen)
      break
    case 'blank':
      break
    default:
      sheet.kind satisfies never
  }
  if (sheet.foldedCornerMm !== undefined) foldCorner(pen, sheet.foldedCornerMm * pxPerMm)
}

/** No scanner delivers one value a thousand times. The same grain every time. */
function addGrain(pen: SKRSContext2D): void {
  let state = 247
  for (let speck = 0; speck < 4_000; speck += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    const x = state % sheetWidthPx
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    const y = state % sheetHeightPx
    pen.fillStyle = state & 1 ? 'rgba(0,0,0,0.03)' : 'rgba(255,255,255,0.05)'
    pen.fillRect(x, y, 3, 3)
  }
}

function drawForm(pen: SKRSContext2D, number: number | undefined): void {
  pen.fillStyle = '#1d1d22'
  pen.font = `46px ${family}`
  pen.fillText('TỜ KHAI THỬ MÁY QUÉT', 420, 260)
  if (number !== undefined) pen.fillText(`Trang ${number}`, 1250, 170)
  pen.font = `30px ${family}`
  for (let line = 0; line < 26; line += 1) {
    pen.fillText(sentences[line % sentences.length] ?? '', 190, 380 + line * 62)
  }
  pen.fillRect(190, 2010, 1270, 3)
  drawStamp(pen, 1180, 1960)
}

function drawStamp(pen: SKRSContext2D, x: number, y: number): void {
  pen.strokeStyle = 'rgba(200,30,40,0.75)'
  pen.fillStyle = 'rgba(200,30,40,0.75)'
  pen.lineWidth = 9
  pen.beginPath()
  pen.arc(x, y, 140, 0, 2 * Math.PI)
  pen.stroke()
  pen.font = `40px ${family}`
  pen.fillText('MẪU', x - 52, y + 14)
}

function drawPhoto(pen: SKRSContext2D): void {
  pen.fillStyle = '#211a16'
  pen.fillRect(0, 0, sheetWidthPx, sheetHeightPx)
  for (let blob = 0; blob < 60; blob += 1) {
    const x = (blob * 613) % sheetWidthPx
    const y = (blob * 877) % sheetHeightPx
    const shade = pen.createRadialGradient(x, y, 10, x, y, 260)
    shade.addColorStop(0, `rgba(${90 + ((blob * 37) % 90)},70,60,0.8)`)
    shade.addColorStop(1, 'rgba(40,30,25,0)')
    pen.fillStyle = shade
    pen.fillRect(x - 260, y - 260, 520, 520)
  }
}

/** One line by hand and nothing else: little ink, but not blank. */
function drawSignature(pen: SKRSContext2D): void {
  pen.strokeStyle = '#1a2a80'
  pen.lineWidth = 4
  pen.beginPath()
  pen.moveTo(1000, 1700)
  for (let step = 1; step < 14; step += 1) {
    pen.lineTo(1000 + step * 22, 1700 + (step % 2 === 0 ? 44 : -38))
  }
  pen.stroke()
}

function foldCorner(pen: SKRSContext2D, side: number): void {
  pen.fillStyle = background
  pen.beginPath()
  pen.moveTo(0, 0)
  pen.lineTo(side, 0)
  pen.lineTo(0, side)
  pen.fill()
  // The back of the corner lies on the page, with a shadow along the fold and the staple through it.
  pen.fillStyle = '#e4e2dc'
  pen.beginPath()
  pen.moveTo(side, 0)
  pen.lineTo(side, side)
  pen.lineTo(0, side)
  pen.fill()
  pen.strokeStyle = '#8c8c90'
  pen.lineWidth = 6
  pen.beginPath()
  pen.moveTo(side * 0.6, side * 0.9)
  pen.lineTo(side * 0.9, side * 0.6)
  pen.stroke()
}
