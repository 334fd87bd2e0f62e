import type { Screen } from '../../contract/screen.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { intakeStep, intakeSteps } from './intake-step.ts'

export function Progress({ screen }: { readonly screen: Screen }) {
  const { text } = useKiosk()
  const current = intakeStep(screen.name)
  // Who only looks around has not begun.
  const isLookingUp = 'lookingUp' in screen && screen.lookingUp
  if (current === undefined || isLookingUp) return null
  const label = text('progress.label', { step: current, total: intakeSteps.length })
  return (
    <div className="progress" data-testid="progress">
      <p>
        {label}: <strong>{text(`progress.${current}`)}</strong>
      </p>
      <div className="bars" aria-hidden="true">
        {intakeSteps.map((step) => (
          <i key={step} className={step <= current ? 'done' : ''} />
        ))}
      </div>
    </div>
  )
}
