import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { shortMoment } from './short-moment.ts'

/** Fit for service or not, why, and what to do; a touch on a device looks into it. */
export function Devices({ screen }: ScreenProps<'devices'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff technician"
      tone={screen.fit ? 'good' : 'alert'}
      title={text(screen.fit ? 'devices.fit' : 'devices.unfit')}
      lead={text('devices.lead')}
      problem={screen.problem}
      actions={
        <Button
          testId="write-bundle"
          onPress={() => send({ path: 'technician.writeBundle', input: {} })}
        >
          {text('devices.bundle')}
        </Button>
      }
    >
      <div className="device-list">
        {screen.devices.map(({ id, state, reasons, lastTest }) => (
          <button
            key={id}
            type="button"
            className={`device-row ${state}`}
            data-testid={`device-${id}`}
            data-state={state}
            onClick={() => send({ path: 'technician.inspect', input: { device: id } })}
          >
            <strong>{text(`deviceName.${id}`)}</strong>
            <span>
              {[
                text(`deviceState.${state}`),
                ...reasons.map((code) => text(`reason.${code}`)),
              ].join(': ')}
            </span>
            <span className="last">
              {text('devices.lastTest')}:{' '}
              {lastTest === null
                ? text('devices.never')
                : `${shortMoment(lastTest.at)}, ${text(`devices.${lastTest.outcome}`)}`}
            </span>
          </button>
        ))}
      </div>
      <ul className="findings">
        {screen.findings.map(({ subject, reason, severity }) => (
          <li key={`${subject} ${reason}`} className={severity} data-testid={`finding-${reason}`}>
            <strong>
              {text(`deviceName.${subject}`)} · {text(`devices.${severity}Mark`)}
            </strong>
            <span>{text(`remedy.${reason}`)}</span>
          </li>
        ))}
      </ul>
    </Page>
  )
}
