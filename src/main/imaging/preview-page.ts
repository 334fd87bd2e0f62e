import sharp from 'sharp'

export interface PreviewOptions {
  /** Longest side. */
  readonly maxPx: number
  /** Turned back by so much, clockwise as found; the captured page itself stays as it is. */
  readonly skewDegrees: number
}

/** Less is not seen, and turning costs sharpness. */
const leastTurnDegrees = 0.3
const quality = 78

/** A small JPEG for the screen, in memory only. @throws Error when it is no whole image */
export async function previewPage(
  jpeg: Uint8Array,
  { maxPx, skewDegrees }: PreviewOptions,
): Promise<Uint8Array> {
  const small = sharp(jpeg, { failOn: 'warning' }).resize({
    ...{ width: maxPx, height: maxPx, fit: 'inside', withoutEnlargement: true },
  })
  if (Math.abs(skewDegrees) < leastTurnDegrees) return small.jpeg({ quality }).toBuffer()
  const { data, info } = await small.toBuffer({ resolveWithObject: true })
  const turned = sharp(data).rotate(-skewDegrees, { background: '#ffffff' })
  // Turning makes the picture larger: cut back to the page.
  const whole = await turned.toBuffer({ resolveWithObject: true })
  return sharp(whole.data)
    .extract({
      left: Math.max(0, (whole.info.width - info.width) >> 1),
      top: Math.max(0, (whole.info.height - info.height) >> 1),
      width: Math.min(info.width, whole.info.width),
      height: Math.min(info.height, whole.info.height),
    })
    .jpeg({ quality })
    .toBuffer()
}
