import { useKiosk } from '../api/kiosk-context.ts'
import { useLangOf } from './vietnamese.tsx'

/** Whom to call, where calling is what is left to do. */
export function HelpCard() {
  const { snapshot, text } = useKiosk()
  const langOf = useLangOf()
  const { helpPhone, helpHours } = snapshot.kiosk
  return (
    <section className="help-card">
      <p>{text('help.call')}</p>
      <p className="number">{helpPhone}</p>
      <p className="small" lang={langOf(helpHours)}>
        {helpHours}
      </p>
    </section>
  )
}
