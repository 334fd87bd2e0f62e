import { useEffect } from 'react'
import type { Snapshot } from '../../contract/snapshot.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from './button.tsx'
import { playSignal } from './sound.ts'

export function WarningOverlay({
  warning,
}: {
  readonly warning: NonNullable<Snapshot['warning']>
}) {
  const { text, send } = useKiosk()
  useEffect(() => playSignal('attention'), [])
  return (
    <div
      className="overlay warning"
      role="alertdialog"
      aria-labelledby="warning-title"
      data-testid="warning"
    >
      <h1 id="warning-title">{text('warning.title')}</h1>
      <p className="lead">{text('warning.lead', { count: warning.secondsLeft })}</p>
      <Button
        kind="primary"
        testId="stay"
        onPress={() => send({ path: 'session.stay', input: {} })}
      >
        {text('warning.stay')}
      </Button>
    </div>
  )
}
