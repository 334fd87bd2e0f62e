import type { ReactNode } from 'react'
import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from './button.tsx'
import { ClockView } from './clock.tsx'
import { DisplayChoices } from './display-choices.tsx'
import { Languages } from './languages.tsx'
import { Progress } from './progress.tsx'
import { useLangOf, WithVietnamese } from './vietnamese.tsx'

/** What stands around every screen: whose machine it is, the hour, languages, the way back and out, help. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { snapshot, text, send } = useKiosk()
  const langOf = useLangOf()
  const { kiosk, can, screen } = snapshot
  return (
    <div className="frame">
      <header className="top">
        {kiosk.demo && <p className="demo-line">{text('frame.demo')}</p>}
        <div className="head">
          <div className="whose">
            <strong lang={langOf(kiosk.unitName)}>{kiosk.unitName}</strong>
            <span lang={langOf(kiosk.placeName)}>{kiosk.placeName}</span>
          </div>
          <ClockView />
        </div>
        <Progress screen={screen} />
      </header>
      {children}
      <footer className="bottom">
        <div className="settings">
          <Languages />
          <DisplayChoices />
        </div>
        <div className="foot">
          {can.back && (
            <Button
              kind="quiet"
              testId="back"
              onPress={() => send({ path: 'session.back', input: {} })}
            >
              <span aria-hidden="true">←</span> {text('frame.back')}
            </Button>
          )}
          <p className="help">
            <strong>{text('frame.help', { phone: kiosk.helpPhone })}</strong>
            <span>
              <WithVietnamese sentence={kiosk.helpHours} name={kiosk.helpHours} /> ·{' '}
              {text('frame.kiosk', { id: kiosk.kioskId })}
            </span>
          </p>
          {can.leave && (
            <Button
              kind="quiet"
              testId="leave"
              onPress={() => send({ path: 'session.leave', input: {} })}
            >
              {text('frame.leave')} <span aria-hidden="true">✕</span>
            </Button>
          )}
        </div>
      </footer>
    </div>
  )
}
