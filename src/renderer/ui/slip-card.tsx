import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { QrCode } from './qr-code.tsx'

/** What the slip says, as far as the screen may: number, bag and the signed QR. */
export function SlipCard({
  slip,
}: {
  readonly slip: ScreenProps<'slipPrinting'>['screen']['slip']
}) {
  const { text } = useKiosk()
  return (
    <section className="slip" data-testid={`slip-${slip.intakeId}`}>
      <QrCode payload={slip.qr} label={text('slip.qr')} />
      <div>
        <p>{text('slip.code')}</p>
        <p className="number" data-testid="intake-id">
          {slip.intakeId}
        </p>
        <p>
          {text('slip.bag')}: <strong>{slip.bagCode}</strong>
        </p>
        <p className="small">{text('slip.qr')}</p>
      </div>
    </section>
  )
}
