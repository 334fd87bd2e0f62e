import { useKiosk } from '../api/kiosk-context.ts'

/** Whom to call, where calling is what is left to do. */
export function HelpCard() {
  const { snapshot, text } = useKiosk()
  const { helpPhone, helpHours } = snapshot.kiosk
  return (
    <section className="help-card">
      <p>{text('help.call')}</p>
      <p className="number">{helpPhone}</p>
      <p className="small">{helpHours}</p>
    </section>
  )
}
