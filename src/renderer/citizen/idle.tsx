import { useKiosk } from '../api/kiosk-context.ts'
import { momentText } from '../i18n/moment-text.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { JourneyCard } from './journey-card.tsx'

/** One question, two answers, and the live truth about both. */
export function Idle({ screen }: ScreenProps<'idle'>) {
  const { snapshot, text } = useKiosk()
  return (
    <Page className="idle" title={text('idle.title')} problem={screen.problem}>
      {screen.hint === 'holdCardOrBag' && (
        <p className="note strong" data-testid="hint">
          {text('idle.hint')}
        </p>
      )}
      <JourneyCard journey="intake" live={text('idle.free', { count: screen.freeCompartments })}>
        {text('idle.looksBy', { when: momentText(text, snapshot.kiosk.officerLooksBy) })}
      </JourneyCard>
      <JourneyCard journey="collection" live={text('idle.ready')} />
      {snapshot.kiosk.hasCamera && <p className="small">{text('idle.camera')}</p>}
    </Page>
  )
}
