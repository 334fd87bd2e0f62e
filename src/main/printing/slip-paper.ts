import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { Raster } from '../../devices/contract.ts'
import { balancedLines, breakLines, isKhmer } from './break-lines.ts'
import { type SlipFontWeight, slipFont } from './slip-fonts.ts'
import { type QrModules, quietZoneModules } from './slip-qr.ts'
import { thresholdToRaster } from './threshold-to-raster.ts'

export interface TextStyle {
  /** In dots of a wide head; narrow heads print all text smaller. */
  readonly size: number
  readonly weight: SlipFontWeight
  readonly align?: 'left' | 'center' | 'right'
  readonly colour?: 'black' | 'white'
}

type Drawing = (context: SKRSContext2D) => void

/** Khmer stacks signs above and below the line and needs more room than Vietnamese with its double marks. */
const lineMetrics = (text: string, size: number) =>
  isKhmer(text)
    ? { ascent: Math.round(size * 1.2), height: Math.round(size * 1.72) }
    : { ascent: Math.round(size * 1.06), height: Math.round(size * 1.34) }

const measuring = createCanvas(1, 1).getContext('2d')

/** White to the left and right of all print. */
const marginDots = 10

/**
 * A strip of paper that is written from the top and grows as it is written. Positions and sizes are dots;
 * every method starts at the cursor and leaves it beneath what it wrote.
 */
export class SlipPaper {
  readonly widthDots: number
  readonly isNarrow: boolean
  private readonly drawings: Drawing[] = []
  private left: number
  private right: number
  private top = 0

  constructor(widthDots: number) {
    this.widthDots = widthDots
    this.isNarrow = widthDots < 512
    this.left = marginDots
    this.right = widthDots - marginDots
  }

  get availableDots(): number {
    return this.right - this.left
  }

  scaled(size: number): number {
    return this.isNarrow ? Math.round(size * 0.82) : size
  }

  measure(text: string, style: TextStyle): number {
    measuring.font = slipFont(this.sizeFor(text, style), style.weight)
    return measuring.measureText(text.normalize('NFC')).width
  }

  text(text: string, style: TextStyle): void {
    const normal = text.normalize('NFC')
    const measure = (part: string) => this.measure(part, style)
    const lines = style.align === 'center' ? balancedLines : breakLines
    for (const line of lines(normal, measure, this.availableDots)) this.line(line, style)
  }

  /** The largest size up to the style's at which the text fits in one line. */
  textToFit(text: string, style: TextStyle): void {
    let size = style.size
    while (size > 20 && this.measure(text, { ...style, size }) > this.availableDots) size -= 1
    this.line(text.normalize('NFC'), { ...style, size })
  }

  /** Both texts in one line where they fit, else one beneath the other. */
  inline(
    first: string,
    style: TextStyle,
    second: string | undefined,
    secondStyle: TextStyle,
  ): void {
    const gap = this.scaled(8)
    const firstWidth = this.measure(first, style)
    const fits =
      second !== undefined &&
      firstWidth + gap + this.measure(second, secondStyle) <= this.availableDots
    if (second === undefined || !fits) {
      this.text(first, style)
      if (second !== undefined) this.text(second, secondStyle)
      return
    }
    const { left, top } = this
    const size = this.scaled(Math.max(style.size, secondStyle.size))
    const metrics = lineMetrics(first + second, size)
    this.line(first, style, metrics)
    this.top = top
    this.left = left + Math.round(firstWidth) + gap
    this.line(second, secondStyle, metrics)
    this.left = left
  }

  skip(dots: number): void {
    this.top += this.scaled(dots)
  }

  rule(thickness: number): void {
    const { left, top } = this
    const width = this.availableDots
    this.drawings.push((context) => context.fillRect(left, top, width, thickness))
    this.top += thickness
  }

  dottedRule(): void {
    const { left, right, top } = this
    this.drawings.push((context) => {
      for (let x = left; x < right; x += 8) context.fillRect(x, top, 3, 2)
    })
    this.top += 2
  }

  /** Runs `write` inside a frame, or on black; texts on black must be white. */
  box(style: 'frame' | 'black', padding: number, write: () => void, thickness = 3): void {
    const { left, right, top } = this
    const position = this.drawings.length
    this.left += padding + thickness
    this.right -= padding + thickness
    this.top += padding + thickness
    write()
    this.top += padding + thickness
    this.left = left
    this.right = right
    const width = right - left
    const height = this.top - top
    // Beneath the text, so drawn before it.
    this.drawings.splice(position, 0, (context) => {
      context.fillStyle = 'black'
      context.fillRect(left, top, width, height)
      if (style === 'frame') {
        context.fillStyle = 'white'
        context.fillRect(
          left + thickness,
          top + thickness,
          width - 2 * thickness,
          height - 2 * thickness,
        )
        context.fillStyle = 'black'
      }
    })
  }

  /** Side by side, by shares of the width; on narrow paper one beneath the other. */
  columns(
    cells: readonly { readonly share: number; readonly write: () => void }[],
    gap = 16,
  ): void {
    if (this.isNarrow) {
      for (const [index, cell] of cells.entries()) {
        if (index > 0) this.skip(10)
        cell.write()
      }
      return
    }
    this.beside(cells, gap)
  }

  /** Side by side at any width. */
  beside(cells: readonly { readonly share: number; readonly write: () => void }[], gap = 16): void {
    const { left, right, top } = this
    const total = cells.reduce((sum, cell) => sum + cell.share, 0)
    const room = right - left - gap * (cells.length - 1)
    let bottom = top
    let x = left
    for (const cell of cells) {
      const width = Math.round((room * cell.share) / total)
      this.left = x
      this.right = x + width
      this.top = top
      cell.write()
      bottom = Math.max(bottom, this.top)
      x += width + gap
    }
    this.left = left
    this.right = right
    this.top = bottom
  }

  /** The code with its quiet zone; the text beside it, or beneath it on narrow paper. */
  qr(modules: QrModules, moduleDots: number, write?: () => void): void {
    const side = (modules.size + 2 * quietZoneModules) * moduleDots
    const { left, right, top } = this
    const beside = write !== undefined && !this.isNarrow
    // The quiet zone may lie over the margin: both are white.
    const start = beside ? left - marginDots : Math.round((left + right - side) / 2)
    const x = start + quietZoneModules * moduleDots
    const y = top + quietZoneModules * moduleDots
    this.drawings.push((context) => {
      for (let row = 0; row < modules.size; row += 1) {
        for (let column = 0; column < modules.size; column += 1) {
          if (modules.dark(row, column)) {
            context.fillRect(x + column * moduleDots, y + row * moduleDots, moduleDots, moduleDots)
          }
        }
      }
    })
    if (beside) {
      this.top = y
      this.left = start + side
    } else {
      this.top = top + side
    }
    write?.()
    this.left = left
    this.top = Math.max(top + side, this.top)
  }

  toRaster(): Raster {
    const heightDots = Math.max(1, Math.ceil(this.top))
    const canvas = createCanvas(this.widthDots, heightDots)
    const context = canvas.getContext('2d')
    context.fillStyle = 'white'
    context.fillRect(0, 0, this.widthDots, heightDots)
    context.fillStyle = 'black'
    for (const draw of this.drawings) draw(context)
    const pixels = canvas.data()
    const raster = thresholdToRaster(pixels, this.widthDots, heightDots)
    // 4 MB each, outside the heap, where the collector hardly sees them: given back now.
    if (pixels.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0)
    canvas.width = 1
    canvas.height = 1
    return raster
  }

  /** Khmer letters are small for their size. */
  private sizeFor(text: string, style: TextStyle): number {
    return this.scaled(isKhmer(text) ? Math.round(style.size * 1.1) : style.size)
  }

  /** One line as it is. Texts that share a line share their metrics, and so the baseline. */
  private line(text: string, style: TextStyle, shared?: ReturnType<typeof lineMetrics>): void {
    const size = this.sizeFor(text, style)
    const { ascent, height } = shared ?? lineMetrics(text, size)
    const room = this.availableDots - this.measure(text, style)
    const shift = style.align === 'center' ? room / 2 : style.align === 'right' ? room : 0
    const x = Math.round(this.left + shift)
    const baseline = Math.round(this.top + ascent)
    const normal = text.normalize('NFC')
    this.drawings.push((context) => {
      context.font = slipFont(size, style.weight)
      context.fillStyle = style.colour ?? 'black'
      context.fillText(normal, x, baseline)
      context.fillStyle = 'black'
    })
    this.top += height
  }
}
