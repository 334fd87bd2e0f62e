import type { ReactNode } from 'react'
import type { Service } from '../../contract/faults.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import { JourneyPicture } from './journey-picture.tsx'
import { reasonsText } from './reasons-text.ts'

interface JourneyCardProps {
  readonly journey: Service
  /** What is true while the service is available. */
  readonly live: string
  /** What comes of it, while it is available. */
  readonly children?: ReactNode
}

export function JourneyCard({ journey, live, children }: JourneyCardProps) {
  const { snapshot, text, send } = useKiosk()
  const truth = snapshot.services.find((service) => service.service === journey)
  const available = truth?.available ?? false
  return (
    <button
      type="button"
      className={`journey ${journey}`}
      data-testid={`choose-${journey}`}
      disabled={!available}
      onClick={() => send({ path: 'session.start', input: { journey } })}
    >
      <JourneyPicture journey={journey} />
      <span className="journey-text">
        <strong>{text(`idle.${journey}`)}</strong>
        <span>{text(`idle.${journey}Ready`)}</span>
        <span className={available ? 'live' : 'live out'} data-testid={`live-${journey}`}>
          {available ? live : reasonsText(text, truth?.reasons ?? [])}
        </span>
        {available && children && <span className="after">{children}</span>}
      </span>
    </button>
  )
}
