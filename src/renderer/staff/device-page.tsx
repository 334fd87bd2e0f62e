import type { DeviceTest } from '../../contract/diagnosis.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { playSignal } from '../ui/sound.ts'
import { shortMoment } from './short-moment.ts'

export function DevicePage({ screen }: ScreenProps<'device'>) {
  const { text, send } = useKiosk()
  const { device, running } = screen
  const { lastTest } = device
  const run = (test: DeviceTest) => {
    if (test === 'sound') playSignal('attention')
    return send({ path: 'technician.runTest', input: { test } })
  }
  const list = (values: Readonly<Record<string, string | number | undefined>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(' · ') || '–'
  return (
    <Page
      className="staff technician"
      title={text(`deviceName.${device.id}`)}
      problem={screen.problem}
      actions={
        <div className="button-pair">
          {screen.tests.map((test) => (
            <Button
              key={test}
              testId={`test-${test}`}
              disabled={running !== null}
              onPress={() => run(test)}
            >
              {running === test ? text('device.running') : text(`deviceTest.${test}`)}
            </Button>
          ))}
        </div>
      }
    >
      <Facts
        facts={[
          [
            text('device.state'),
            [
              text(`deviceState.${device.state}`),
              ...device.reasons.map((code) => text(`reason.${code}`)),
            ].join(': '),
          ],
          ...device.reasons.map((code) => [text('device.remedy'), text(`remedy.${code}`)] as const),
          [text('device.identity'), list(device.identity)],
          [text('device.counters'), list(device.counters)],
          [
            text('devices.lastTest'),
            lastTest === null
              ? text('devices.never')
              : `${text(`deviceTest.${lastTest.test}`)}, ${shortMoment(lastTest.at)}, ${text(
                  `devices.${lastTest.outcome}`,
                )} ${lastTest.detail && `(${lastTest.detail})`}`,
          ],
        ]}
      />
      <h2>{text('device.exchanges')}</h2>
      {screen.exchanges.length === 0 ? (
        <p className="note">{text('device.none')}</p>
      ) : (
        <ol className="exchanges" data-testid="exchanges">
          {screen.exchanges.map(({ agoMs, direction, hex }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same bytes may go twice in one millisecond
            <li key={index}>
              <span>{text('device.ago', { seconds: Math.round(agoMs / 100) / 10 })}</span>
              <span aria-hidden="true">{direction === 'out' ? '→' : '←'}</span>
              <code>{hex}</code>
            </li>
          ))}
        </ol>
      )}
    </Page>
  )
}
