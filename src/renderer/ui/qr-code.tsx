import { create } from 'qrcode'

/** Quiet zone that readers need around the code, in modules. */
const marginModules = 4

/** A QR code as one path; nothing is fetched and nothing is drawn on a canvas. */
export function QrCode({ payload, label }: { readonly payload: string; readonly label: string }) {
  const { modules } = create(payload, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * marginModules
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column))
        path += `M${column + marginModules} ${row + marginModules}h1v1h-1z`
    }
  }
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      data-testid="slip-qr"
      data-payload={payload}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
